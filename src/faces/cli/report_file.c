#include "faces/cli/report_file.h"

#include "base/err.h"
#include "domain/advisory/site.h"
#include "faces/cli/report.html.h"

bool report_file_html(const struct statistics *s, const struct settings *settings, enum lang lang,
                      struct arena *arena, struct str *out, struct err *err)
{
    struct advisory_site site = advisory_site_from(settings);
    struct page *page = page_new(arena, REPORT_FILE_MAX, lang, STR_NONE);
    struct report_file_view v = { .title = tr(lang, N_("Figures about reports")),
                                  .publisher = site_publisher(&site, lang),
                                  .version = STR(NOROSHI_VERSION),
                                  .figures = figures_of(s, lang, arena) };
    struct html html;

    report_file(page, &v);
    if (!html_done(page, &html, err))
        return PASS(err);
    *out = html.text;
    return true;
}
