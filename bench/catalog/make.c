/* make COUNT FOLDER [CHANGED]: COUNT records of NVD as pages of its API (nvd-*.json) and Japanese documents (vuldef-*.xml) about a third of them, with the statistical
 * shape of the real ones: 340 characters of English in the mean, 9 criteria, 4 references, vendors and words by Zipf's law, 6 KB each as NVD prints them. With
 * CHANGED only that many of the records, spread over all, as they would come a day later (delta.json). The same numbers give the same bytes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS = 24000,
    NOUNS = 9000,
    VENDORS = 20000,
    PRODUCTS = 60000,
    PAGE = 20000,
    DOCUMENT = 4000,
    DAYS = 9000
};

static uint64_t state;

static uint32_t next(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 32);
}

static uint32_t below(uint32_t n) { return (uint32_t)((uint64_t)next() * n >> 32); }

/* By Zipf's law, nearly: the logarithm is even. */
static uint32_t zipf(uint32_t n)
{
    uint32_t bits = 1, top = n;

    while (top >>= 1)
        bits++;
    do {
        uint32_t high = below(bits) + 1;

        top = (1u << (high - 1)) + below(1u << (high - 1));
    } while (top > n);
    return top - 1;
}

static char words[WORDS][16], nouns[NOUNS][28], vendors[VENDORS][16], products[PRODUCTS][24];

static void make_word(char *out, int syllables)
{
    static const char *const heads[] = { "b", "c", "d", "f", "g",  "l",  "m",  "n",  "p",
                                         "r", "s", "t", "v", "st", "tr", "pl", "qu", "sh" };
    static const char *const tails[] = { "a", "e", "i", "o", "u", "er", "in", "on", "at", "es" };

    *out = 0;
    while (syllables-- > 0) {
        strcat(out, heads[below(18)]);
        strcat(out, tails[below(10)]);
    }
}

static const char *const known[] = {
    "vulnerability",
    "allows",
    "remote",
    "attackers",
    "to",
    "the",
    "a",
    "in",
    "of",
    "via",
    "execute",
    "arbitrary",
    "code",
    "service",
    "denial",
    "and",
    "before",
    "cross-site",
    "scripting",
    "SQL",
    "injection",
    "buffer",
    "overflow",
    "memory",
    "corruption",
    "parameter",
    "crafted",
    "user",
    "file",
    "server",
    "authentication",
    "privilege",
    "escalation",
    "information",
    "disclosure",
    "through",
    "version",
    "component",
    "function",
    "which",
    "when",
    "request",
    "is",
    "an",
    "that",
    "can",
};
static const char *const kanji =
    "脆弱性認証情報漏情権限昇格任意実行攻撃者遠隔製品開発通信暗号鍵管理画面設定更新機能処理入力検証不備領域外参照書込境界整数溢解放後使用競合状態経路制限相対絶対文字列"
    "命令挿入偽造要求署名確認欠如平文保存固定値乱数予測可能資源消費無限再帰停止異常終了記憶装置電源制御組込車載医療工場産業家庭端末無線有線接続回線基地局電話音声映像画像"
    "表示印刷印字帳票会計給与人事労務販売在庫物流輸送航空鉄道船舶道路信号気象観測測定計測分析統計学習推論翻訳検索索引辞書地図位置衛星宇宙海洋資金決済銀行証券保険税務行政";
static const char *const kata[] = {
    "サーバ",   "クライアント", "ブラウザ",       "ルータ",     "スイッチ",
    "カメラ",   "プリンタ",     "ファームウェア", "プラグイン", "モジュール",
    "ドライバ", "ライブラリ",   "フレームワーク", "コンテナ",   "データベース",
    "メール",   "ファイル",     "パスワード",     "セッション", "スクリプト"
};

static void make_words(void)
{
    size_t characters = strlen(kanji) / 3;

    for (size_t i = 0; i < WORDS; i++) {
        if (i < sizeof known / sizeof *known)
            strcpy(words[i], known[i]);
        else
            make_word(words[i], 2 + (int)below(3));
    }
    for (size_t i = 0; i < NOUNS; i++) {
        if (below(4) == 0) {
            strcpy(nouns[i], kata[below(20)]);
            continue;
        }
        for (uint32_t j = 0, n = 2 + below(3); j < n; j++)
            memcpy(nouns[i] + 3 * j, kanji + 3 * zipf((uint32_t)characters), 3);
    }
    for (size_t i = 0; i < VENDORS; i++)
        make_word(vendors[i], 2 + (int)below(2));
    for (size_t i = 0; i < PRODUCTS; i++) {
        make_word(products[i], 2);
        if (below(2)) {
            strcat(products[i], "_");
            make_word(products[i] + strlen(products[i]), 1 + (int)below(2));
        }
    }
}

/* ---- a record ---- */

struct record {
    uint32_t number, year, vendor, product, cwe, score;
    int published, modified; /* days */
};

static struct record record_of(uint32_t number, uint32_t count)
{
    struct record record = { .number = number };

    state = UINT64_C(0x9e3779b97f4a7c15) * (number + 1);
    (void)next();
    record.published = (int)((uint64_t)number * DAYS / count);
    record.modified = record.published + (int)below((uint32_t)(DAYS + 30 - record.published));
    record.year = 2000 + (uint32_t)record.published * 10 / 3653;
    record.product = zipf(PRODUCTS);
    record.vendor = record.product % VENDORS;
    record.cwe = 1 + zipf(800);
    record.score = 10 + below(91);
    return record;
}

static void put_id(FILE *out, const struct record *record)
{
    fprintf(out, "CVE-%u-%04u", record->year, 1000 + record->number);
}

static void put_day(FILE *out, int days)
{
    int year = 2000 + days / 366, day = days % 366; /* near enough: months of 28 days and some */

    fprintf(out, "%04d-%02d-%02dT%02u:%02u:%02u.%03u", year, day / 31 + 1, day % 28 + 1,
            (unsigned)days * 7 % 24, (unsigned)days * 13 % 60, below(60), below(1000));
}

static void put_english(FILE *out, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        fprintf(out, "%s%s%s", i ? " " : "", words[zipf(WORDS)],
                i % 17 == 16 ? "."
                : i % 9 == 8 ? ","
                             : "");
    fputc('.', out);
}

static void put_japanese(FILE *out, uint32_t sentences)
{
    static const char *const ends[] = { "の脆弱性が存在します。", "される可能性があります。",
                                        "を実行することが可能です。",
                                        "における処理に不備があります。",
                                        "が行われていないため、影響を受けます。" };

    while (sentences-- > 0) {
        for (uint32_t i = 0, n = 3 + below(6); i < n; i++)
            fprintf(out, "%s%s", nouns[zipf(NOUNS)], below(3) ? "の" : below(2) ? "を" : "および");
        fputs(ends[below(5)], out);
    }
}

static void put_criterion(FILE *out, const struct record *record, uint32_t i)
{
    uint32_t product = i < 6 ? record->product : zipf(PRODUCTS);

    fprintf(
        out,
        "%s\n                    {\n                      \"vulnerable\": %s,\n                      \"criteria\": \"cpe:2.3:%c:%s:%s:%s:*:*:*:*:*:*:*\",\n"
        "                      \"versionEndExcluding\": \"%u.%u.%u\",\n                      \"matchCriteriaId\": \"%08X-%04X-%04X-%04X-%08X%04X\"\n"
        "                    }",
        i ? "," : "", i < 8 ? "true" : "false", "aoh"[zipf(3)], vendors[product % VENDORS],
        products[product], "*", below(20), below(30), below(60), next(), next() & 0xffff,
        next() & 0xffff, next() & 0xffff, next(), next() & 0xffff);
}

static void put_nvd(FILE *out, const struct record *record, int later)
{
    uint32_t criteria = 1 + zipf(36), references = 1 + zipf(11);

    fputs("    {\n      \"cve\": {\n        \"id\": \"", out);
    put_id(out, record);
    fputs("\",\n        \"sourceIdentifier\": \"cve@example.org\",\n        \"published\": \"",
          out);
    put_day(out, record->published);
    fputs("\",\n        \"lastModified\": \"", out);
    put_day(out, record->modified + later * 400);
    fprintf(
        out,
        "\",\n        \"vulnStatus\": \"%s\",\n        \"cveTags\": [],\n        \"descriptions\": [\n          {\n            \"lang\": \"en\",\n            \"value\": \"",
        record->number % 50 == 49 ? "Rejected"
        : later                   ? "Modified"
                                  : "Analyzed");
    put_english(out, 12 + zipf(170));
    fputs("\"\n          },\n          {\n            \"lang\": \"es\",\n            \"value\": \"",
          out);
    put_english(out, 12 + zipf(60));
    fprintf(
        out,
        "\"\n          }\n        ],\n        \"metrics\": {\n          \"cvssMetricV31\": [\n            {\n              \"source\": \"nvd@nist.gov\",\n"
        "              \"type\": \"Primary\",\n              \"cvssData\": {\n                \"version\": \"3.1\",\n"
        "                \"vectorString\": \"CVSS:3.1/AV:N/AC:L/PR:%c/UI:%c/S:U/C:H/I:%c/A:%c\",\n                \"baseScore\": %u.%u,\n"
        "                \"baseSeverity\": \"HIGH\",\n                \"attackVector\": \"NETWORK\",\n                \"attackComplexity\": \"LOW\",\n"
        "                \"privilegesRequired\": \"NONE\",\n                \"userInteraction\": \"NONE\",\n                \"scope\": \"UNCHANGED\",\n"
        "                \"confidentialityImpact\": \"HIGH\",\n                \"integrityImpact\": \"HIGH\",\n                \"availabilityImpact\": \"HIGH\"\n"
        "              },\n              \"exploitabilityScore\": 3.9,\n              \"impactScore\": 5.9\n            }\n          ]\n        },\n"
        "        \"weaknesses\": [\n          {\n            \"source\": \"nvd@nist.gov\",\n            \"type\": \"Primary\",\n            \"description\": [\n"
        "              {\n                \"lang\": \"en\",\n                \"value\": \"CWE-%u\"\n              }\n            ]\n          }\n        ],\n"
        "        \"configurations\": [\n          {\n            \"nodes\": [\n              {\n                \"operator\": \"OR\",\n"
        "                \"negate\": false,\n                \"cpeMatch\": [",
        "NLH"[below(3)], "NR"[below(2)], "HLN"[below(3)], "HLN"[below(3)], record -> score / 10,
        record -> score % 10, record -> cwe);
    for (uint32_t i = 0; i < criteria; i++)
        put_criterion(out, record, i);
    fputs(
        "\n                ]\n              }\n            ]\n          }\n        ],\n        \"references\": [",
        out);
    for (uint32_t i = 0; i < references; i++)
        fprintf(
            out,
            "%s\n          {\n            \"url\": \"https://%s.example.org/%s/%u/%08x\",\n            \"source\": \"cve@example.org\",\n            \"tags\": [\n"
            "              \"%s\"\n            ]\n          }",
            i ? "," : "", words[zipf(WORDS)], products[record->product], below(100000), next(),
            below(2) ? "Third Party Advisory" : "Patch");
    fputs("\n        ]\n      }\n    }", out);
}

static void put_vuldef(FILE *out, const struct record *record)
{
    fprintf(
        out,
        "  <Vulinfo>\n    <VulinfoID>JVNDB-%u-%06u</VulinfoID>\n    <VulinfoData>\n      <Title>%s における%s%sの脆弱性</Title>\n      <VulinfoDescription>\n        <Overview>",
        record->year, record->number + 1, products[record->product], nouns[zipf(NOUNS)],
        nouns[zipf(NOUNS)]);
    put_japanese(out, 2 + below(4));
    fprintf(
        out,
        "</Overview>\n      </VulinfoDescription>\n      <Affected>\n        <AffectedItem>\n          <Name>%s</Name>\n          <ProductName>%s</ProductName>\n"
        "          <Cpe version=\"2.2\">cpe:/a:%s:%s</Cpe>\n          <VersionNumber>%u.%u 未満</VersionNumber>\n        </AffectedItem>\n      </Affected>\n"
        "      <Impact>\n        <Cvss version=\"3.0\">\n          <Severity type=\"Base\">High</Severity>\n          <Base>%u.%u</Base>\n"
        "          <Vector>CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H</Vector>\n        </Cvss>\n        <ImpactItem>\n          <Description>",
        vendors[record->vendor], products[record->product], vendors[record->vendor],
        products[record->product], below(20), below(30), record->score / 10, record->score % 10);
    put_japanese(out, 1 + below(3));
    fputs(
        "</Description>\n        </ImpactItem>\n      </Impact>\n      <Solution>\n        <SolutionItem>\n          <Description>",
        out);
    put_japanese(out, 1 + below(2));
    fprintf(
        out,
        "</Description>\n        </SolutionItem>\n      </Solution>\n      <Related>\n        <RelatedItem type=\"advisory\">\n"
        "          <Name>Common Vulnerabilities and Exposures (CVE)</Name>\n          <VulinfoID>");
    put_id(out, record);
    fprintf(out, "</VulinfoID>\n          <URL>https://www.cve.org/CVERecord?id=");
    put_id(out, record);
    fprintf(
        out,
        "</URL>\n        </RelatedItem>\n        <RelatedItem type=\"cwe\">\n          <Name>JVNDB</Name>\n          <VulinfoID>CWE-%u</VulinfoID>\n"
        "          <Title>%s(CWE-%u)</Title>\n          <URL>https://cwe.mitre.org/data/definitions/%u.html</URL>\n        </RelatedItem>\n      </Related>\n"
        "      <DateFirstPublished>%u-06-01T12:00:00+09:00</DateFirstPublished>\n      <DateLastUpdated>%u-07-01T12:00:00+09:00</DateLastUpdated>\n"
        "      <DatePublic>%u-06-01T12:00:00+09:00</DatePublic>\n    </VulinfoData>\n  </Vulinfo>\n",
        record->cwe, nouns[zipf(NOUNS)], record->cwe, record->cwe, record->year, record->year,
        record->year);
}

/* ---- files ---- */

static FILE *open_file(const char *folder, const char *name, uint32_t n)
{
    char path[4096];
    FILE *out;

    snprintf(path, sizeof path, "%s/", folder);
    snprintf(path + strlen(path), sizeof path - strlen(path), name, n);
    out = fopen(path, "w");
    if (!out) {
        perror(path);
        exit(1);
    }
    setvbuf(out, NULL, _IOFBF, 1 << 20);
    return out;
}

static void put_page(const char *folder, const char *name, uint32_t from, uint32_t to,
                     uint32_t step, uint32_t count, int later)
{
    FILE *out = open_file(folder, name, from / PAGE);
    int is_first = 1;

    fprintf(
        out,
        "{\n  \"resultsPerPage\": %u,\n  \"startIndex\": %u,\n  \"totalResults\": %u,\n  \"format\": \"NVD_CVE\",\n  \"version\": \"2.0\",\n  \"vulnerabilities\": [\n",
        (to - from) / step, from, count);
    for (uint32_t i = from; i < to; i += step) {
        struct record record = record_of(i, count);

        fputs(is_first ? "" : ",\n", out);
        put_nvd(out, &record, later);
        is_first = 0;
    }
    fputs("\n  ]\n}\n", out);
    fclose(out);
}

static void put_documents(const char *folder, uint32_t count)
{
    for (uint32_t from = 0; from < count; from += 3 * DOCUMENT) {
        FILE *out = open_file(folder, "vuldef-%03u.xml", from / (3 * DOCUMENT));

        fputs(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<VULDEF-Document version=\"3.2\" xmlns=\"http://jvn.jp/vuldef/\" xml:lang=\"ja\">\n",
            out);
        for (uint32_t i = from; i < count && i < from + 3 * DOCUMENT; i += 3) {
            struct record record = record_of(i, count);

            put_vuldef(out, &record);
        }
        fputs("</VULDEF-Document>\n", out);
        fclose(out);
    }
}

int main(int argc, char **argv)
{
    uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0,
             changed = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;

    if (count < 10) {
        fputs("make COUNT FOLDER [CHANGED]\n", stderr);
        return 64;
    }
    state = 1;
    make_words();
    if (changed > 0) {
        put_page(argv[2], "delta.json", 0, count / changed * changed, count / changed, count, 1);
        return 0;
    }
    for (uint32_t from = 0; from < count; from += PAGE)
        put_page(argv[2], "nvd-%03u.json", from, from + PAGE < count ? from + PAGE : count, 1,
                 count, 0);
    put_documents(argv[2], count);
    return 0;
}
