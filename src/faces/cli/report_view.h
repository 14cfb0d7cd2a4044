/* faces/cli/report_view.h: what the file of figures shows. */
#pragma once
#include "faces/html/figures.h"

struct report_file_view {
    struct str title, publisher, version;
    struct figures_view figures;
};
