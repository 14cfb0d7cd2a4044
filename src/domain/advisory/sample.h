/* domain/advisory/sample.h: an advisory for tests, with something in every field. For tests alone. */
#pragma once
#include "domain/advisory/site.h"
#include "domain/advisory/view.h"

static const struct advisory_site sample_site = {
    .portal_url = STR_INIT("https://portal.example"),
    .desk_url = STR_INIT("https://desk.example"),
    .publisher_ja = STR_INIT("のろし対策情報ポータル"),
    .publisher_en = STR_INIT("Noroshi portal"),
    .publisher_namespace = STR_INIT("https://portal.example"),
    .receiving_ja = STR_INIT("受付機関"),
    .receiving_en = STR_INIT("Receiving body"),
    .coordinating_ja = STR_INIT("調整機関"),
    .coordinating_en = STR_INIT("Coordinating body"),
    .target_days = 45,
};

/* 2026-11-19T04:00:00Z */
#define SAMPLE_PUBLISHED ((struct utc){ INT64_C(1795060800000) })

__attribute__((unused)) static struct advisory_view sample_view(struct arena *arena)
{
    struct advisory_view v = {
        .number = STR("NRS#48213075"),
        .is_critical = true,
        .ja = { .title = STR("サンプルルータ RX-100 における OS コマンドインジェクションの脆弱性"),
                .action = STR("ファームウェアを 2.1.4 以降に更新してください。"),
                .overview = STR(
                    "株式会社サンプルネットワークが提供するルータ RX シリーズの管理画面には、OS コマンドインジェクションの脆弱性が存在します。"),
                .details = STR(
                    "管理画面の時刻設定で、入力された文字列が検査されずにシステムのコマンドへ渡されます。"),
                .impact = STR(
                    "遠隔の第三者が、任意の OS コマンドを管理者の権限で実行する可能性があります。"),
                .solution =
                    STR("[アップデートする]\n製品開発者が提供する修正版に更新してください。"),
                .workaround = STR(
                    "管理画面を WAN 側から開けない設定にしてください。\n\n設定の後、再起動が必要です。"),
                .credit = STR(
                    "この脆弱性情報は、パートナーシップに基づき <匿名希望> が受付機関に報告し、調整機関が調整を行いました。") },
        .en = { .title = STR("OS command injection in Sample Router RX-100"),
                .action = STR("Update the firmware to 2.1.4 or later."),
                .overview = STR(
                    "The management page of the RX routers by Sample Network Inc. is vulnerable to OS command injection."),
                .details = STR(
                    "A string entered as the time is handed to a system command without validation."),
                .impact = STR(
                    "A remote attacker may execute arbitrary OS commands with administrator's rights."),
                .solution = STR("[Update]\nApply the fixed version that the developer provides."),
                .workaround = STR(
                    "Do not allow access to the management page from the WAN.\n\nA restart is needed afterwards."),
                .credit = STR(
                    "<Anonymous> reported this vulnerability to the receiving body, and the coordinating body coordinated.") },
        .published_at = SAMPLE_PUBLISHED,
        .updated_at = SAMPLE_PUBLISHED,
        .revision = 1,
    };

    VEC_PUSH(arena, &v.products,
             (struct advisory_product){ .vendor_ja = STR("株式会社サンプルネットワーク"),
                                        .vendor_en = STR("Sample Network Inc."),
                                        .product = STR("RX-100"),
                                        .versions = STR("1.0.0 から 2.1.3 まで"),
                                        .versions_en = STR("1.0.0 to 2.1.3"),
                                        .fixed = STR("2.1.4") });
    VEC_PUSH(arena, &v.products,
             (struct advisory_product){ .vendor_ja = STR("株式会社サンプルネットワーク"),
                                        .vendor_en = STR("Sample Network Inc."),
                                        .product = STR("RX-80"),
                                        .versions = STR("すべてのバージョン"),
                                        .versions_en = STR("all versions"),
                                        .note_ja = STR("サポートは2024年3月に終了しました。"),
                                        .note_en = STR("Support ended in March 2024.") });
    VEC_PUSH(
        arena, &v.weaknesses,
        (struct advisory_weakness){
            .cwe = STR("CWE-78"),
            .cwe_name_ja = STR("OS コマンドインジェクション"),
            .cwe_name_en = STR(
                "Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')"),
            .cvss = STR("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
            .cve = STR("CVE-2026-41234") });
    VEC_PUSH(
        arena, &v.vendors,
        (struct advisory_vendor){ .name_ja = STR("株式会社サンプルネットワーク"),
                                  .name_en = STR("Sample Network Inc."),
                                  .status = STR("vulnerable"),
                                  .at = SAMPLE_PUBLISHED,
                                  .url = STR("https://sample-network.example/advisory?a=1&b=2") });
    VEC_PUSH(arena, &v.vendors,
             (struct advisory_vendor){ .name_ja = STR("架空システム株式会社"),
                                       .name_en = STR("Fictional Systems"),
                                       .status = STR("no_report"),
                                       .at = SAMPLE_PUBLISHED });
    VEC_PUSH(arena, &v.references,
             (struct advisory_reference){ STR("OTHER"), STR("安全なウェブサイトの作り方"),
                                          STR("https://guide.example/web") });
    VEC_PUSH(arena, &v.history,
             (struct advisory_change){ SAMPLE_PUBLISHED, STR("公開しました"), STR("Published") });
    return v;
}
