#include "faces/cli/import/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { WIDTH = 40 };

struct progress progress_new(int64_t whole, const struct catalog_counts *counts)
{
    return (struct progress){ .is_shown = isatty(STDERR_FILENO) == 1,
                              .whole = whole,
                              .counts = counts };
}

void progress_show(const struct progress *progress, int64_t place)
{
    static const char full[WIDTH + 1] = "########################################";
    int64_t done = progress->before + place;
    int part;

    if (!progress->is_shown)
        return;
    if (progress->whole <= 0) {
        fprintf(stderr, "\r%lld", (long long)progress->counts->read);
        return;
    }
    done = done < 0 ? 0 : done > progress->whole ? progress->whole : done;
    part = (int)(done * WIDTH / progress->whole);
    fprintf(stderr, "\r[%-*.*s] %3d %%  %lld", WIDTH, part, full,
            (int)(done * 100 / progress->whole), (long long)progress->counts->read);
}

void progress_clear(const struct progress *progress)
{
    if (progress->is_shown)
        fprintf(stderr, "\r%*s\r", WIDTH + 32, "");
}
