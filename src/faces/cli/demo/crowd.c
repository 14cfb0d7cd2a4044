/* faces/cli/demo/crowd.c: a hundred developers more, of whom only the names are known: a stem and a trade each. */
#include "faces/cli/demo/words.h"

#include "base/attr.h"

struct piece {
    const char *ja, *en, *kana, *slug;
};

/* clang-format off */
static const struct piece stems[] = {
    { "見本", "Mihon", "ミホン", "mihon" },    { "例示", "Reiji", "レイジ", "reiji" },    { "架空", "Kakuu", "カクウ", "kakuu" },       { "仮名", "Kamei", "カメイ", "kamei" },
    { "模擬", "Mogi", "モギ", "mogi" },        { "試験", "Shiken", "シケン", "shiken" },  { "試作", "Shisaku", "シサク", "shisaku" },   { "標本", "Hyohon", "ヒョウホン", "hyohon" },
    { "雛形", "Hinagata", "ヒナガタ", "hinagata" }, { "幻影", "Gen'ei", "ゲンエイ", "genei" },
};
static const struct piece trades[] = {
    { "通信", "Communications", "ツウシン", "tsushin" }, { "精機", "Precision", "セイキ", "seiki" },       { "無線", "Wireless", "ムセン", "musen" },
    { "計測", "Measuring", "ケイソク", "keisoku" },      { "映像", "Imaging", "エイゾウ", "eizo" },        { "工業", "Industries", "コウギョウ", "kogyo" },
    { "音響", "Acoustics", "オンキョウ", "onkyo" },      { "医療機器", "Medical Devices", "イリョウキキ", "iryo" }, { "照明", "Lighting", "ショウメイ", "shomei" },
    { "車載機器", "Automotive", "シャサイキキ", "shasai" },
};
/* clang-format on */
const size_t demo_crowd_count = COUNT(stems) * COUNT(trades);

const struct demo_vendor *demo_crowd(size_t i, struct arena *arena)
{
    const struct piece *stem = &stems[i % COUNT(stems)],
                       *trade = &trades[i / COUNT(stems) % COUNT(trades)];
    struct demo_vendor *v = ARENA_NEW(arena, struct demo_vendor);

    *v = (struct demo_vendor){
        .ja = arena_z(arena, arena_printf(arena, "%s%s株式会社", stem->ja, trade->ja)),
        .en = arena_z(arena, arena_printf(arena, "%s %s Co., Ltd.", stem->en, trade->en)),
        .kana = arena_z(arena, arena_printf(arena, "%s%s", stem->kana, trade->kana)),
        .slug = arena_z(arena, arena_printf(arena, "%s-%s", stem->slug, trade->slug)),
        .manager = "窓口 担当",
        .basis = "developer",
    };
    return v;
}
