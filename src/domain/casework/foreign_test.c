/* COO-34, PUB-08: cases from outside the Partnership, foreign coordinators in a case, and the package they hand each other; row FB. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/exchange.h"
#include "domain/casework/foreign.h"
#include "domain/casework/package.h"
#include "domain/casework/source.h"
#include "formats/csaf/csaf_check.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct developers developers;
    struct grant grant; /* of the coordinating body */
    struct subject fb, other;
    struct str partner, other_partner;
};

static struct str enter(struct play *p, struct str name, int64_t account, struct subject *out)
{
    struct desk_fixture *f = p->f;
    struct partner_values v = { .kind = STR("FB"),
                                .name_ja = name,
                                .name_en = name,
                                .agreement = STR("signed"),
                                .agreed_at = utc_add_days(f->now, -9) };
    struct deed deed = { p->tx, &f->cb, f->now, f->arena };
    struct partner partner;
    struct str id;

    MUST(f, partner_add(&deed, &v, &id, &f->err));
    MUST(f, partner_by_public_id(p->tx, id, f->arena, &partner, &f->err));
    *out = testing_person(f, p->tx, account, partner.organisation_id, ROLE_FB);
    return id;
}

static struct play begun(void **state)
{
    struct play p = { .f = *state };

    MUST(p.f, tx_begin(p.f->store, TX_WRITE, &p.tx, &p.f->err));
    p.partner = enter(&p, STR("coordinator abroad"), 20, &p.fb);
    p.other_partner = enter(&p, STR("another coordinator"), 21, &p.other);
    return p;
}

static struct foreign_notice notice_of(struct play *p, struct str source, struct str partner)
{
    return (struct foreign_notice){ .source = source,
                                    .partner = partner,
                                    .reference = STR("VU#123456"),
                                    .form = testing_form(p->f) };
}

static void look(struct play *p)
{
    struct desk_fixture *f = p->f;

    MUST(f, case_load_by_id(&f->w, p->tx, p->c.id, f->arena, &p->c, &f->err));
    MUST(f, developers_load(p->tx, p->c.id, f->arena, &p->developers, &f->err));
    MUST(f, visibility_grant(&f->cb, &p->c, &p->developers, NULL, &p->grant, &f->err));
}

static void verify(struct play *p)
{
    struct hash head;
    int64_t entries;

    MUST(p->f, casework_verify(&p->f->w, p->tx, &entries, &head, &p->f->err));
    tx_end(p->tx);
}

/* The detail is with a developer: phase C. */
static void bring_to_detail(struct play *p)
{
    struct desk_fixture *f = p->f;
    struct developer d;
    struct utc due = utc_add_days(f->now, 9);

    MUST(f, coordination_write_summary(p->tx, &f->cb, &p->c, STR("a router"), f->now, f->arena,
                                       &f->err));
    look(p);
    MUST(f, coordination_add(&f->w, p->tx, &f->cb, &p->c, f->organisation[0], f->now, f->arena, &d,
                             &f->err));
    MUST(f, developer_load(p->tx, d.public_id, f->arena, &d, &f->err));
    MUST(f, coordination_send_summary(&f->w, p->tx, &f->cb, &p->c, &d, due, f->now, f->arena,
                                      &f->err));
    look(p);
    d = p->developers.at[0];
    MUST(f, answer_request_detail(p->tx, &f->pm1, &p->c, &d, true, f->now, f->arena, &f->err));
    MUST(f, coordination_send_detail(p->tx, &f->cb, &p->c, &d, due, f->now, f->arena, &f->err));
    look(p);
}

/* P25, COO-34: the notice opens a case of foreign origin without a finder; its developers are chosen next, and nobody's identity is in it. */
static void foreign__a_notice_becomes_a_case(void **state)
{
    struct play p = begun(state);
    struct desk_fixture *f = p.f;
    struct foreign_notice n = notice_of(&p, STR("CERTCC_NOTE"), p.partner);
    struct exchanges all;
    struct str texts;

    MUST(f, foreign_take_up(&f->w, p.tx, &f->cb, &n, f->now, f->arena, &p.c, &f->err));
    look(&p);
    assert_int_equal(p.c.state, CASE_FOREIGN);
    assert_str(p.c.origin, "FOREIGN");
    assert_str(p.c.source, "CERTCC_NOTE");
    assert_int_equal(p.c.report_id, 0);
    MUST(f, report_texts(p.tx, &p.c, &p.grant, f->arena, &texts, &f->err));
    assert_true(str_contains(texts, STR("canary-V")));
    assert_false(str_contains(texts, STR("canary-I")));
    MUST(f, exchanges_of_case(p.tx, p.c.id, f->arena, &all, &f->err));
    assert_int_equal(all.len, 1);
    assert_true(all.at[0].is_origin);
    bring_to_detail(&p);
    assert_int_equal(p.c.state, CASE_COORDINATING);
    verify(&p);
}

/* PUB-08: who may take up what; what the body collected itself has no coordinator, and is domestic. */
static void foreign__sources_are_told_apart(void **state)
{
    struct play p = begun(state);
    struct desk_fixture *f = p.f;
    struct foreign_notice n = notice_of(&p, STR("OWN_COLLECTION"), STR(""));

    MUST(f, foreign_take_up(&f->w, p.tx, &f->cb, &n, f->now, f->arena, &p.c, &f->err));
    look(&p);
    assert_str(p.c.origin, "DOMESTIC");
    assert_str(p.c.source, "OWN_COLLECTION");
    assert_int_equal(source_find(p.c.source)->series, SERIES_COORDINATED);
    assert_int_equal(source_find(STR("CERTCC_ALERT"))->series, SERIES_ALERT);
    assert_str(str_from_z(source_of_origin(STR("SELF"))->code), "SELF_PRODUCT");
    n.partner = p.partner;
    assert_false(foreign_take_up(&f->w, p.tx, &f->cb, &n, f->now, f->arena, &p.c, &f->err));
    assert_str(str_from_z(f->err.subject), "partner");
    n = notice_of(&p, STR("CPNI"), STR(""));
    assert_false(foreign_take_up(&f->w, p.tx, &f->cb, &n, f->now, f->arena, &p.c, &f->err));
    n = notice_of(&p, STR("PARTNERSHIP"), STR(""));
    assert_false(foreign_take_up(&f->w, p.tx, &f->cb, &n, f->now, f->arena, &p.c, &f->err));
    assert_str(str_from_z(f->err.subject), "source");
    n = notice_of(&p, STR("CPNI"), f->organisation[0]); /* a developer */
    assert_false(foreign_take_up(&f->w, p.tx, &f->cb, &n, f->now, f->arena, &p.c, &f->err));
    n = notice_of(&p, STR("CPNI"), p.partner);
    assert_false(foreign_take_up(&f->w, p.tx, &f->rb, &n, f->now, f->arena, &p.c, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    verify(&p);
}

/* Row FB: of a case it brought it has the conversation from the start; what is ours it is given from the detail on, as coordinated. */
static void exchange__gives_what_is_coordinated(void **state)
{
    struct play p = begun(state);
    struct desk_fixture *f = p.f;
    struct foreign_notice n = notice_of(&p, STR(""), STR(""));
    struct exchange_wish wish = { .words = STR("please tell your vendors"),
                                  .with_verification = true };
    struct exchange_messages said;
    struct exchange_texts t;
    struct exchanges own;
    struct product_case c;
    struct exchange e;
    struct grant grant;

    MUST(f, foreign_take_up(&f->w, p.tx, &p.fb, &n, f->now, f->arena, &p.c, &f->err));
    assert_str(p.c.source, "FOREIGN");
    look(&p);
    wish.partner = p.other_partner;
    assert_false(exchange_give(p.tx, &f->cb, &p.c, &p.grant, &wish, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE); /* phase B: nothing */
    MUST(f, exchanges_of_organisation(p.tx, p.fb.organisation_id, f->arena, &own, &f->err));
    MUST(f,
         exchange_load(&f->w, p.tx, &p.fb, own.at[0].public_id, f->arena, &e, &c, &grant, &f->err));
    assert_int_equal(grant.full | grant.part, 0);
    MUST(f, exchange_say(p.tx, &p.fb, &c, &e, STR("any news?"), f->now, f->arena, &f->err));
    MUST(f, exchange_say(p.tx, &f->cb, &c, &e, STR("we have asked"), f->now, f->arena, &f->err));
    MUST(f, exchange_messages(p.tx, &c, &e, f->arena, &said, &f->err));
    assert_int_equal(said.len, 2);
    assert_true(said.at[0].is_from_there && !said.at[1].is_from_there);
    bring_to_detail(&p);
    assert_false(exchange_give(p.tx, &f->rb, &p.c, &p.grant, &wish, f->now, f->arena, &f->err));
    MUST(f, exchange_give(p.tx, &f->cb, &p.c, &p.grant, &wish, f->now, f->arena, &f->err));
    MUST(f, exchanges_of_organisation(p.tx, p.other.organisation_id, f->arena, &own, &f->err));
    MUST(f, exchange_load(&f->w, p.tx, &p.other, own.at[0].public_id, f->arena, &e, &c, &grant,
                          &f->err));
    MUST(f, exchange_texts(p.tx, &c, &e, &grant, f->arena, &t, &f->err));
    assert_true(str_contains(t.fields, STR("canary-V")));
    assert_true(str_contains(t.fields, STR("canary-T")));
    assert_false(str_contains(t.fields, STR("canary-X")));
    assert_false(exchange_load(&f->w, p.tx, &p.fb, own.at[0].public_id, f->arena, &e, &c, &grant,
                               &f->err)); /* another's */
    MUST(f, exchange_see(p.tx, &p.other, &c, &e, f->now, f->arena, &f->err));
    MUST(f, exchange_close(p.tx, &f->cb, &p.c, own.at[0].public_id, f->now, f->arena, &f->err));
    assert_false(exchange_load(&f->w, p.tx, &p.other, own.at[0].public_id, f->arena, &e, &c, &grant,
                               &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    verify(&p);
}

static struct package package_of(struct desk_fixture *f, struct str fields)
{
    return (struct package){ .number = STR("K-2026-10001"),
                             .title = STR("a router"),
                             .words = STR("please tell your vendors"),
                             .countermeasure = STR("update to 2.2"),
                             .fields = fields,
                             .made_at = f->now,
                             .publication = utc_add_days(f->now, 30),
                             .publisher = STR("a coordinator"),
                             .publisher_namespace = STR("https://coordinator.example") };
}

/* COO-34: what one installation writes is valid CSAF, and another one reads the same fields. */
static void package__is_csaf_and_reads_back(void **state)
{
    static const char *const kept[] = { "product_name", "product_version", "category", "vuln_info",
                                        "vuln_impact",  "verification",    "attack" };
    struct desk_fixture *f = *state;
    struct str form = testing_form(f), text;
    struct package p = package_of(f, form);
    struct csaf_result result;
    struct package_notice n;
    struct json json;

    MUST(f, package_to_csaf(&p, f->arena, &text, &f->err));
    MUST(f, json_read(text, f->arena, &json, &f->err));
    csaf_check(json, f->arena, &result);
    for (size_t i = 0; i < result.findings.len; i++)
        print_message("%.*s %.*s %s\n", STR_ARG(result.findings.at[i].test),
                      STR_ARG(result.findings.at[i].pointer), result.findings.at[i].message);
    assert_int_equal(result.findings.len, 0);
    assert_false(str_contains(text, STR("canary-I")));
    assert_true(str_contains(text, STR("\"AMBER\"")));
    MUST(f, package_from_csaf(text, f->arena, &n, &f->err));
    assert_str(n.reference, "K-2026-10001");
    assert_str(n.publisher, "a coordinator");
    for (size_t i = 0; i < COUNT(kept); i++) {
        print_message("field: %s\n", kept[i]);
        assert_true(str_eq(record_get(n.fields, kept[i]), record_get(form, kept[i])));
    }
}

/* Others' documents: several vulnerabilities stand one below the other; what is no CSAF is refused. */
static void package__reads_others_documents(void **state)
{
    static const char text[] =
        "{\"document\":{\"csaf_version\":\"2.0\",\"title\":\"t\",\"publisher\":{\"name\":\"CERT\"},\"tracking\":{\"id\":\"VU#1\"}},"
        "\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"Acme\",\"branches\":[{\"category\":\"product_name\",\"name\":\"Server\","
        "\"branches\":[{\"category\":\"product_version_range\",\"name\":\"<4\"}]}]}]},"
        "\"vulnerabilities\":[{\"cve\":\"CVE-2026-1000\",\"cwe\":{\"id\":\"CWE-79\"},\"notes\":[{\"category\":\"description\",\"text\":\"first\"}]},"
        "{\"title\":\"second one\",\"notes\":[{\"category\":\"description\",\"text\":\"second\"}],\"remediations\":[{\"category\":\"workaround\",\"details\":\"close it\"}]}]}";
    struct desk_fixture *f = *state;
    struct package_notice n;

    MUST(f, package_from_csaf(str_from_z(text), f->arena, &n, &f->err));
    assert_str(record_get(n.fields, "product_name"), "Server");
    assert_str(record_get(n.fields, "product_vendor"), "Acme");
    assert_str(record_get(n.fields, "product_version"), "<4");
    assert_str(record_get(n.fields, "vuln_kind"), "CWE-79");
    assert_str(record_get(n.fields, "vuln_info"), "CVE-2026-1000\n\nfirst\n\nsecond one\n\nsecond");
    assert_str(record_get(n.fields, "workaround"), "close it");
    assert_false(package_from_csaf(STR("{\"document\":{}}"), f->arena, &n, &f->err));
    assert_str(str_from_z(f->err.subject), "package");
    assert_false(package_from_csaf(STR("{"), f->arena, &n, &f->err));
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(foreign__a_notice_becomes_a_case),    RULE(foreign__sources_are_told_apart),
        RULE(exchange__gives_what_is_coordinated), RULE(package__is_csaf_and_reads_back),
        RULE(package__reads_others_documents),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
