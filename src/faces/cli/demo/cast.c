#include "faces/cli/demo/cast.h"

#include "base/err.h"
#include "domain/access/account.h"
#include "domain/access/partner.h"
#include "domain/access/totp.h"
#include "domain/casework/cve.h"

enum { LOGINS_MAX = 64 << 10 };

static const struct subject the_command = { .kind = SUBJECT_COMMAND };

struct person {
    const char *local, *domain, *name, *role_words; /* role_words NULL: nobody is told its login */
    unsigned roles;
};

struct making {
    struct store *desk;
    const struct vault *vault;
    struct utc now;
    struct arena *arena;
    struct cast *cast;
    struct str window_hash; /* all windows have the same password, which takes long to hash */
};

static const struct person rb_people[] = {
    { "rb1", "uketsuke.example.jp", "受付 明子", "受付機関", ROLE_RB },
    { "rb2", "uketsuke.example.jp", "受付 守", "受付機関", ROLE_RB },
    { "admin", "uketsuke.example.jp", "管理 進", "管理者", ROLE_ADMIN },
};
static const struct person cb_people[] = {
    { "cb1", "chousei.example.jp", "調整 恵", "調整機関", ROLE_CB },
    { "cb2", "chousei.example.jp", "調整 誠", "調整機関", ROLE_CB },
    { "audit", "chousei.example.jp", "監査 正", "監査者", ROLE_AUDITOR },
};

static struct subject subject_of(int64_t account, int64_t organisation, unsigned roles)
{
    return (struct subject){ .kind = SUBJECT_ACCOUNT,
                             .roles = roles,
                             .account_id = account,
                             .organisation_id = organisation };
}

/* The secret is set up and used once, as its owner would; the last step it remembers lies in the past. */
static bool give_factor(const struct deed *deed, const struct vault *vault, int64_t id,
                        struct str *secret, struct err *err)
{
    char code[TOTP_DIGITS + 1];
    bool matched;

    if (!account_factor_begin(deed, vault, id, secret, err) ||
        !totp_code(*secret, deed->now.ms / UTC_SECOND / TOTP_STEP_SECONDS, code, err) ||
        !account_factor_confirm(deed, vault, id, str_from_z(code), &matched, err))
        return PASS(err);
    return matched ? true : FAIL(err, BUG, STR("second factor"));
}

static void note_login(struct making *m, const struct person *p, struct str email,
                       struct str password, struct str secret)
{
    struct str text = totp_secret_text(m->arena, secret);

    buf_printf(&m->cast->logins, "%.*s\t%.*s\t", STR_ARG(email), STR_ARG(password));
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != ' ')
            buf_byte(&m->cast->logins, text.ptr[i]);
    }
    buf_printf(&m->cast->logins, "\t%s\t%s\n", p->role_words, p->name);
}

static struct str password_of(struct making *m, const struct person *p)
{
    return arena_printf(m->arena, "demo-%s-noroshi", p->local);
}

/* hash: of the password. */
static bool enter_person(struct making *m, int64_t organisation, const struct person *p,
                         struct str hash, struct subject *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str email = arena_printf(m->arena, "%s@%s", p->local, p->domain);
    struct account_new values = { .organisation_id = organisation,
                                  .email = email,
                                  .name = str_from_z(p->name),
                                  .roles = p->roles };
    struct deed deed = { .who = &the_command, .now = m->now, .arena = m->arena };
    struct str public_id, secret;
    int64_t id;

    if (!tx_begin(m->desk, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!account_add(&deed, &values, &id, &public_id, err) ||
        !account_set_password(&deed, id, hash, err) ||
        !give_factor(&deed, m->vault, id, &secret, err) || !tx_commit(&tx, err))
        return PASS(err);
    if (p->role_words)
        note_login(m, p, email, password_of(m, p), secret);
    *out = subject_of(id, organisation, p->roles);
    return true;
}

static bool make_person(struct making *m, int64_t organisation, const struct person *p,
                        struct subject *out, struct err *err)
{
    struct str hash;

    return password_hash(password_of(m, p), m->arena, &hash, err) &&
                   enter_person(m, organisation, p, hash, out, err)
               ? true
               : PASS(err);
}

/* The body `init` has made. */
static bool body_of(struct making *m, const char *kind, int64_t *id, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct organisation_filter filter = { .kind = str_from_z(kind) };
    struct organisation_rows rows = { 0 };

    if (!tx_begin(m->desk, TX_READ, &tx, err) ||
        !organisation_list(tx, &filter, m->arena, &rows, err))
        return PASS(err);
    if (rows.len == 0)
        return FAIL(err, ABSENT, STR("organisation"));
    *id = rows.at[0].id;
    return true;
}

static bool make_body(struct making *m, const char *kind, const struct person *people,
                      struct subject *out, struct err *err)
{
    int64_t id;

    if (!body_of(m, kind, &id, err))
        return PASS(err);
    for (int i = 0; i < CAST_OFFICERS; i++) {
        if (!make_person(m, id, &people[i], &out[i], err))
            return PASS(err);
    }
    return true;
}

/* ---- developers ---- */

static struct str products_of(int vendor, struct arena *arena)
{
    struct buf buf = buf_new(arena, 4096);

    for (size_t i = 0; i < demo_product_count; i++) {
        if (demo_products[i].vendor == vendor)
            buf_printf(&buf, "%s\n", demo_products[i].name);
    }
    return str_trim(buf_str(&buf));
}

static bool list_vendor(struct making *m, int i, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct demo_vendor *v = m->cast->vendor[i];
    struct organisation_values values = {
        .kind = STR("PD"),
        .name_ja = str_from_z(v->ja),
        .name_en = str_from_z(v->en),
        .kana = str_from_z(v->kana),
        .developer_basis = str_from_z(v->basis),
        .url = arena_printf(m->arena, "https://www.%s.example.jp/", v->slug),
        .window_email = arena_printf(m->arena, "psirt@%s.example.jp", v->slug),
        .window_phone = arena_printf(m->arena, "03-0000-%04d", 1000 + i),
        .postal_address = arena_printf(m->arena, "東京都見本区例示町%d-%d", 1 + i % 5, 1 + i),
        .languages = str_eq_z(str_from_z(v->ja), v->en) ? STR("en") : STR("ja en"),
        .products = products_of(i, m->arena),
        .is_listed_publicly = i % 3 != 0,
        .takes_direct_reports = i % 4 == 0,
    };
    struct form_faults faults = { 0 };
    struct deed deed = { .who = &m->cast->cb[0], .now = m->now, .arena = m->arena };

    organisation_check(&values, m->arena, &faults);
    if (faults.len > 0)
        return FAIL(err, INPUT, str_from_z(faults.at[0].field));
    if (!tx_begin(m->desk, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    return organisation_add(&deed, &values, &m->cast->organisation[i], &m->cast->organisation_id[i],
                            err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool take_steps(struct making *m, int i, const enum registration_event *steps, size_t count,
                       struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = &m->cast->cb[0], .now = m->now, .arena = m->arena };
    struct registration_preparation preparation = { .guideline_read = true,
                                                    .handling_rules = true,
                                                    .protection = STR("DESK") };
    struct registration_step step = { .note = STR(
                                          "代表電話番号へ折り返し、担当者の在籍を確認しました。"),
                                      .terms_version = STR("2025-04") };

    if (!tx_begin(m->desk, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (count > 1 && !organisation_prepare(&deed, m->cast->organisation[i], &preparation, err))
        return PASS(err);
    for (size_t n = 0; n < count; n++) {
        step.event = steps[n];
        if (!organisation_step(&deed, m->cast->organisation[i], &step, err))
            return PASS(err);
    }
    return tx_commit(&tx, err) ? true : PASS(err);
}

static bool make_vendor(struct making *m, int i, struct err *err)
{
    static const enum registration_event all[] = { STEP_INVITE, STEP_IDENTIFY, STEP_AGREE,
                                                   STEP_REGISTER };
    const struct demo_vendor *v = m->cast->vendor[i];
    bool is_extra = (size_t)i >= demo_vendor_count;
    struct person manager = { "psirt",
                              arena_z(m->arena, arena_printf(m->arena, "%s.example.jp", v->slug)),
                              v->manager, is_extra ? NULL : "製品開発者", ROLE_PM };

    if (!list_vendor(m, i, err))
        return PASS(err);
    if (!is_extra && (size_t)i >= demo_vendor_registered) /* the last one is on its way */
        return (size_t)i + 1 < demo_vendor_count || take_steps(m, i, all, 1, err) ? true
                                                                                  : PASS(err);
    if (m->window_hash.len == 0 &&
        !password_hash(password_of(m, &manager), m->arena, &m->window_hash, err))
        return PASS(err);
    return enter_person(m, m->cast->organisation[i], &manager, m->window_hash, &m->cast->manager[i],
                        err) &&
                   take_steps(m, i, all, COUNT(all), err)
               ? true
               : PASS(err);
}

/* ---- whom the bodies work with beside developers ---- */

static bool enter_partner(struct making *m, const struct partner_values *values, int64_t *id,
                          struct str *public_id, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = &m->cast->cb[0], .now = m->now, .arena = m->arena };
    struct partner partner;

    if (!tx_begin(m->desk, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!partner_add(&deed, values, public_id, err) ||
        !partner_by_public_id(tx, *public_id, m->arena, &partner, err) || !tx_commit(&tx, err))
        return PASS(err);
    *id = partner.organisation_id;
    return true;
}

static bool confirm_conditions(struct making *m, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = &m->cast->recipient, .now = m->now, .arena = m->arena };

    if (!tx_begin(m->desk, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    for (int i = 0; i < PARTNER_CONDITIONS; i++) {
        if (!partner_confirm(&deed, (enum partner_condition)i, err))
            return PASS(err);
    }
    return tx_commit(&tx, err) ? true : PASS(err);
}

/* One recipient of priority provision that is ready, one that has confirmed nothing yet, a third party that analyses, a coordinator abroad. */
static bool make_recipients(struct making *m, struct err *err)
{
    static const struct person reader = { "csirt", "mihon-denryoku.example.jp", "電力 守",
                                          "優先情報提供の提供先", ROLE_CI };
    struct partner_values power = {
        .kind = STR("CI"),
        .name_ja = STR("見本電力株式会社"),
        .name_en = STR("Mihon Electric Power"),
        .sector = STR("POWER"),
        .agreement = STR("情報の取扱いに関する覚書（2025年4月締結、書庫A-12に保管）"),
        .agreed_at = utc_add_days(m->now, -5)
    };
    struct partner_values water = { .kind = STR("CI"),
                                    .name_ja = STR("例示市水道局"),
                                    .name_en = STR("Reiji City Waterworks"),
                                    .sector = STR("WATER"),
                                    .agreement = STR("情報の取扱いに関する覚書（書庫A-13に保管）"),
                                    .agreed_at = utc_add_days(m->now, -3) };
    static const struct person analyst = { "bunseki", "mihon-lab.example.jp", "分析 学",
                                           "分析を依頼する第三者", ROLE_AN };
    struct partner_values lab = { .kind = STR("AN"),
                                  .name_ja = STR("見本分析研究所"),
                                  .name_en = STR("Mihon Analysis Laboratory"),
                                  .sector = STR(""),
                                  .agreement = STR("分析業務に関する秘密保持契約（書庫B-2に保管）"),
                                  .agreed_at = utc_add_days(m->now, -40) };
    static const struct person abroad = { "coordinator", "cert.example.com", "Alex Example",
                                          "海外の調整機関", ROLE_FB };
    struct partner_values cert = { .kind = STR("FB"),
                                   .name_ja = STR("海外見本CERT"),
                                   .name_en = STR("Example CERT"),
                                   .sector = STR(""),
                                   .agreement = STR("脆弱性の調整に関する覚書（書庫C-1に保管）"),
                                   .agreed_at = utc_add_days(m->now, -60) };
    struct str water_id;
    int64_t id;

    return enter_partner(m, &cert, &id, &m->cast->coordinator_id, err) &&
                   make_person(m, id, &abroad, &m->cast->coordinator, err) &&
                   enter_partner(m, &lab, &id, &m->cast->analyst_id, err) &&
                   make_person(m, id, &analyst, &m->cast->analyst, err) &&
                   enter_partner(m, &water, &id, &water_id, err) &&
                   enter_partner(m, &power, &id, &m->cast->recipient_id, err) &&
                   make_person(m, id, &reader, &m->cast->recipient, err) &&
                   confirm_conditions(m, err)
               ? true
               : PASS(err);
}

/* Neutral experts, lawyers, experts of security. Rule: UNR-04 */
static bool make_committee(struct making *m, struct err *err)
{
    static const struct person members[CAST_MEMBERS] = {
        { "iin1", "hantei.example.jp", "委員 公子", "公表判定委員会の委員", ROLE_PC },
        { "iin2", "hantei.example.jp", "委員 法夫", "公表判定委員会の委員", ROLE_PC },
        { "iin3", "hantei.example.jp", "委員 技", "公表判定委員会の委員", ROLE_PC },
    };
    struct partner_values committee = { .kind = STR("PC"),
                                        .name_ja = STR("公表判定委員会"),
                                        .name_en = STR("Publication judgement committee"),
                                        .sector = STR(""),
                                        .agreement =
                                            STR("委員の委嘱状と秘密保持の誓約書（書庫D-1に保管）"),
                                        .agreed_at = utc_add_days(m->now, -30) };
    struct str public_id;
    int64_t id;

    if (!enter_partner(m, &committee, &id, &public_id, err))
        return PASS(err);
    for (int i = 0; i < CAST_MEMBERS; i++) {
        if (!make_person(m, id, &members[i], &m->cast->member[i], err))
            return PASS(err);
    }
    return true;
}

/* The block that was given to the coordinating body. */
static bool make_numbers(struct making *m, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t added;

    return tx_begin(m->desk, TX_WRITE, &tx, err) &&
                   cve_pool_add(tx, &m->cast->cb[0], 2026, 90100, 90199, m->now, &added, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool cast_make(struct store *desk, const struct vault *vault, struct utc now, struct arena *arena,
               struct cast *out, struct err *err)
{
    struct making m = { .desk = desk, .vault = vault, .now = now, .arena = arena, .cast = out };

    out->logins = buf_new(arena, LOGINS_MAX);
    if (!make_body(&m, "RB", rb_people, out->rb, err) ||
        !make_body(&m, "CB", cb_people, out->cb, err))
        return PASS(err);
    for (size_t i = 0; i < demo_vendor_count; i++)
        out->vendor[out->vendors++] = &demo_vendors[i];
    for (size_t i = 0; i < demo_crowd_count; i++)
        out->vendor[out->vendors++] = demo_crowd(i, arena);
    for (int i = 0; i < out->vendors; i++) {
        if (!make_vendor(&m, i, err))
            return PASS(err);
    }
    return make_recipients(&m, err) && make_committee(&m, err) && make_numbers(&m, err) ? true
                                                                                        : PASS(err);
}
