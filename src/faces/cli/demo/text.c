#include "faces/cli/demo/text.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/report_form.h"

/* A mean of picking that is the same everywhere: the seed's bits, mixed. */
static unsigned pick(const struct demo_topic *topic, unsigned which, unsigned of)
{
    uint32_t x = topic->seed * UINT32_C(2654435761) + which * UINT32_C(40503);

    x ^= x >> 15;
    x *= UINT32_C(2246822519);
    x ^= x >> 13;
    return x % of;
}

static unsigned minor(const struct demo_topic *topic) { return 1 + pick(topic, 1, 8); }

struct str topic_affected(const struct demo_topic *topic, enum lang lang, struct arena *arena)
{
    int major = topic->product->major;

    if (pick(topic, 2, 3) == 0)
        return arena_printf(arena, lang == LANG_JA ? "%d.%u およびそれ以前" : "%d.%u and earlier",
                            major, minor(topic));
    return arena_printf(arena, lang == LANG_JA ? "%d.0 から %d.%u まで" : "%d.0 to %d.%u", major,
                        major, minor(topic));
}

struct str topic_fixed(const struct demo_topic *topic, struct arena *arena)
{
    return arena_printf(arena, "%d.%u", topic->product->major, minor(topic) + 1);
}

struct str topic_title(const struct demo_topic *topic, enum lang lang, struct arena *arena)
{
    if (lang == LANG_JA)
        return arena_printf(arena, "%s における%sの脆弱性", topic->product->name,
                            topic->weakness->ja);
    return arena_printf(arena, "%s vulnerable to %s", topic->product->name_en, topic->weakness->en);
}

struct str topic_url(const struct demo_topic *topic, struct arena *arena)
{
    return arena_printf(arena, "https://www.%s.example.jp/security/%05u", topic_vendor(topic)->slug,
                        10000 + pick(topic, 3, 90000));
}

struct str topic_summary(const struct demo_topic *topic, struct arena *arena)
{
    return arena_printf(
        arena,
        "%s（%s）に、%sの脆弱性があるとの届出がありました。\n\n対象: %s %.*s\n想定される影響: %s\n\n"
        "貴社製品が該当する可能性があるかどうかをご確認ください。",
        topic->product->kind_ja, topic->product->name, topic->weakness->ja, topic->product->name,
        STR_ARG(topic_affected(topic, LANG_JA, arena)), topic->weakness->impact_ja);
}

struct product_results topic_results(const struct demo_topic *topic, bool is_affected,
                                     struct arena *arena)
{
    struct product_results results = { 0 };

    VEC_PUSH(
        arena, &results,
        (struct product_result){
            .name = str_from_z(topic->product->name),
            .affected_versions = is_affected ? topic_affected(topic, LANG_JA, arena) : STR_NONE,
            .fixed_versions = is_affected ? topic_fixed(topic, arena) : STR_NONE,
            .affected = is_affected ? STR("YES") : STR("NO") });
    return results;
}

/* ---- the report ---- */

static void put_z(struct buf *buf, const char *name, const char *value)
{
    record_put(buf, name, str_from_z(value));
}

static void put_circumstances(const struct demo_topic *topic, struct buf *buf)
{
    switch (pick(topic, 4, 4)) {
    case 0:
        put_z(buf, "told_developer", "yes");
        put_z(buf, "told_details",
              "二か月前に製品の問い合わせ窓口へ連絡しましたが、返答がありません。");
        break;
    case 1:
        put_z(buf, "told_nobody", "yes");
        put_z(buf, "intends_to_publish", "yes");
        put_z(buf, "publication_means", "学会での発表");
        break;
    default:
        put_z(buf, "told_nobody", "yes");
    }
}

static void put_finder(const struct demo_topic *topic, struct buf *buf, struct arena *arena)
{
    unsigned who = pick(topic, 5, (unsigned)demo_finder_count);

    put_z(buf, "finder_name", demo_finders[who]);
    record_put(buf, "finder_email", arena_printf(arena, "finder%u@example.com", who + 1));
    if (pick(topic, 6, 2) == 0) {
        put_z(buf, "consent_credit", "yes");
        record_put(buf, "credit_name", arena_printf(arena, "%s 氏", demo_finders[who]));
    }
    if (pick(topic, 7, 3) == 0)
        put_z(buf, "consent_coordinator", "yes");
}

static void put_methods(const struct demo_topic *topic, struct buf *buf, struct arena *arena)
{
    const struct demo_weakness *w = topic->weakness;

    put_z(buf, "vuln_impact", w->impact_ja);
    put_z(buf, "workaround", w->avoid_ja);
    put_z(buf, "verification", w->verify_ja);
    put_z(buf, "reproducibility", pick(topic, 8, 5) == 0 ? "sometimes" : "always");
    put_z(buf, "attack", w->attack_ja);
    put_finder(topic, buf, arena);
    put_z(buf, "read_notes", "yes");
    put_z(buf, "declares_legal", "yes");
    put_z(buf, "keeps_silent", "yes");
}

bool topic_report(const struct demo_topic *topic, struct arena *arena, struct str *record,
                  struct err *err)
{
    const struct demo_weakness *w = topic->weakness;
    struct buf buf = buf_new(arena, REPORT_FORM_MAX);

    put_z(&buf, "product_name", topic->product->name);
    record_put(&buf, "product_version", topic_affected(topic, LANG_JA, arena));
    put_z(&buf, "product_vendor", topic_vendor(topic)->ja);
    record_put(&buf, "product_url",
               arena_printf(arena, "https://www.%s.example.jp/", topic_vendor(topic)->slug));
    put_z(&buf, "category", topic->product->category);
    put_circumstances(topic, &buf);
    record_put(&buf, "vuln_kind", arena_printf(arena, "%s（%s）", w->ja, w->cwe));
    record_put(
        &buf, "vuln_info",
        arena_printf(
            arena,
            "%s「%s」に、%sの脆弱性があります。\n\n%s\n\n最新の版でも同じ状態であることを確認しています。",
            topic->product->kind_ja, topic->product->name, w->ja, w->what_ja));
    put_methods(topic, &buf, arena);
    return buf_done(&buf, record, err) ? true : PASS(err);
}

bool topic_site_report(const struct demo_topic *topic, const struct demo_site *site,
                       struct arena *arena, struct str *record, struct err *err)
{
    const struct demo_weakness *w = topic->weakness;
    struct buf buf = buf_new(arena, REPORT_FORM_MAX);

    put_z(&buf, "site_name", site->name);
    put_z(&buf, "site_url", site->url);
    put_z(&buf, "site_operator", site->operator);
    put_z(&buf, "site_contact", site->contact);
    put_z(&buf, "told_nobody", "yes");
    record_put(&buf, "vuln_kind", arena_printf(arena, "%s（%s）", w->ja, w->cwe));
    record_put(&buf, "vuln_info",
               arena_printf(arena, "「%s」のページに、%sの脆弱性があります。\n\n%s", site->name,
                            w->ja, w->what_ja));
    put_methods(topic, &buf, arena);
    return buf_done(&buf, record, err) ? true : PASS(err);
}

/* ---- the advisory ---- */

struct cure {
    const char *action_ja, *action_en, *solution_ja, *solution_en;
    bool is_device;
};
static const struct cure cures[] = {
    { "%.*s 以降にアップデートしてください。", "Update to %.*s or later.",
      "【アップデートする】\n開発者が提供する情報をもとに、最新版へアップデートしてください。",
      "[Update]\nUpdate to the latest version according to the information provided by the developer.",
      false },
    { "ファームウェアを %.*s 以降に更新してください。", "Update the firmware to %.*s or later.",
      "【ファームウェアをアップデートする】\n開発者が提供する情報をもとに、ファームウェアを最新版へアップデートしてください。\nアップデートの後、製品の再起動が必要です。",
      "[Update the firmware]\nUpdate the firmware to the latest version according to the information provided by the developer.\nThe product must be restarted afterwards.",
      true },
    { "修正版 %.*s を適用してください。", "Apply the fixed version %.*s.",
      "【修正版を適用する】\n開発者は、本脆弱性を修正した版を公開しています。\n適用の方法は、開発者の情報をご確認ください。",
      "[Apply the fixed version]\nThe developer has released a version that addresses the vulnerability.\nFor how to apply it, refer to the developer's information.",
      false },
};

static const struct cure *cure_of(const struct demo_topic *topic)
{
    bool is_device = str_eq_z(str_from_z(topic->product->category), "router") ||
                     str_eq_z(str_from_z(topic->product->category), "iot");

    return is_device ? &cures[1] : &cures[pick(topic, 9, 2) * 2];
}

static struct str line_with(struct arena *arena, const char *before, struct str version,
                            const char *after)
{
    return arena_printf(arena, "%s%.*s%s", before, STR_ARG(version), after);
}

static struct str action_of(const struct demo_topic *topic, enum lang lang, struct arena *arena)
{
    struct str words =
        str_from_z(lang == LANG_JA ? cure_of(topic)->action_ja : cure_of(topic)->action_en);
    size_t at = str_index_str(words, STR("%.*s"));

    return line_with(arena, arena_z(arena, str_take(words, at)), topic_fixed(topic, arena),
                     arena_z(arena, str_drop(words, at + 4)));
}

static void write_ja(const struct demo_topic *topic, struct arena *arena, struct advisory_text *t)
{
    const struct demo_weakness *w = topic->weakness;

    t->title = topic_title(topic, LANG_JA, arena);
    t->action = action_of(topic, LANG_JA, arena);
    t->overview = arena_printf(arena, "%sが提供する「%s」には、%sの脆弱性が存在します。",
                               topic_vendor(topic)->ja, topic->product->name, w->ja);
    t->details = arena_printf(arena, "%sが提供する「%s」は、%sです。\n%s", topic_vendor(topic)->ja,
                              topic->product->name, topic->product->kind_ja, w->what_ja);
    t->impact = str_from_z(w->impact_ja);
    t->solution = str_from_z(cure_of(topic)->solution_ja);
    t->workaround = arena_printf(
        arena,
        "【ワークアラウンドを実施する】\nアップデートを適用できない場合は、次の対策で影響を軽減できます。\n\n%s",
        w->avoid_ja);
}

static void write_en(const struct demo_topic *topic, struct arena *arena, struct advisory_text *t)
{
    const struct demo_weakness *w = topic->weakness;

    t->title = topic_title(topic, LANG_EN, arena);
    t->action = action_of(topic, LANG_EN, arena);
    t->overview = arena_printf(arena, "\"%s\" provided by %s contains a vulnerability (%s).",
                               topic->product->name_en, topic_vendor(topic)->en, w->en);
    t->details = arena_printf(arena, "\"%s\" provided by %s is %s.\n%s", topic->product->name_en,
                              topic_vendor(topic)->en, topic->product->kind_en, w->what_en);
    t->impact = str_from_z(w->impact_en);
    t->solution = str_from_z(cure_of(topic)->solution_en);
    t->workaround = arena_printf(
        arena,
        "[Apply a workaround]\nWhere the update cannot be applied, the following reduces the impact.\n\n%s",
        w->avoid_en);
}

static void write_credit(const struct demo_topic *topic, struct arena *arena,
                         struct advisory_view *view)
{
    const char *finder = demo_finders[pick(topic, 5, (unsigned)demo_finder_count)];

    if (view->ja.credit.len > 0 || pick(topic, 6, 2) == 1)
        return;
    view->ja.credit = arena_printf(
        arena, "この脆弱性情報は、%s 氏が受付機関に報告し、調整機関が開発者との調整を行いました。",
        finder);
    view->en.credit = arena_printf(
        arena,
        "%s reported this vulnerability to the receiving body, and the coordinating body coordinated with the developer.",
        finder);
}

void topic_advise_stop(const struct demo_topic *topic, struct arena *arena,
                       struct advisory_view *view)
{
    const char *name = topic->product->name;

    view->ja.action = arena_printf(arena, "%s の使用を停止してください。", name);
    view->en.action = arena_printf(arena, "Please stop using %s.", name);
    view->ja.solution = STR(
        "【製品の使用を停止する】\nサポートが終了しており、修正版は提供されません。製品の使用を停止してください。");
    view->en.solution = STR(
        "[Stop using the product]\nSupport has ended, and no fixed version will be provided. Please stop using the product.");
    view->ja.workaround = view->en.workaround = STR_NONE;
    for (size_t i = 0; i < view->products.len; i++)
        view->products.at[i].fixed = STR_NONE;
}

void topic_write(const struct demo_topic *topic, struct utc published, struct arena *arena,
                 struct advisory_view *view)
{
    const struct demo_weakness *w = topic->weakness;

    write_ja(topic, arena, &view->ja);
    write_en(topic, arena, &view->en);
    write_credit(topic, arena, view);
    if (view->products.len == 0)
        VEC_PUSH(arena, &view->products,
                 (struct advisory_product){ .vendor_ja = str_from_z(topic_vendor(topic)->ja),
                                            .product = str_from_z(topic->product->name),
                                            .versions = topic_affected(topic, LANG_JA, arena),
                                            .fixed = topic_fixed(topic, arena) });
    for (size_t i = 0; i < view->products.len; i++) {
        view->products.at[i].vendor_en = view->products.at[i].vendor_en.len
                                             ? view->products.at[i].vendor_en
                                             : str_from_z(topic_vendor(topic)->en);
        view->products.at[i].versions_en = topic_affected(topic, LANG_EN, arena);
    }
    /* Seven digits that begin with 99: nobody gives such a number to anything real. */
    VEC_PUSH(arena, &view->weaknesses,
             (struct advisory_weakness){ .cwe = str_from_z(w->cwe),
                                         .cwe_name_ja = str_from_z(w->ja),
                                         .cwe_name_en = str_from_z(w->cwe_en),
                                         .cvss = str_from_z(w->cvss),
                                         .cve = arena_printf(arena, "CVE-%d-99%05u",
                                                             utc_to_jst(published).year,
                                                             topic->seed % 100000) });
    VEC_PUSH(arena, &view->references,
             (struct advisory_reference){
                 .kind = STR("VENDOR"),
                 .title = arena_printf(arena, "%s の脆弱性について", topic->product->name),
                 .url = topic_url(topic, arena) });
}
