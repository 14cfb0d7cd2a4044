/* A catalogue of an older version goes on: what it held is found by what the new one asks. */
#include "domain/catalog/entry.h"
#include "domain/catalog/testing.h"

enum { BEFORE_SMALLER = 8 };

static const struct query put_record = {
    .name = "put_record",
    .text = "INSERT INTO record (id, source, name, is_overlay, state, modified_at, hash, reader, "
            "import_id, entry_id, sent_id) VALUES (5, 'nvd', 'CVE-2024-0001', 0, 0, 1, x'00', 1, "
            "1, 1, 3)",
};
static const struct query put_row = {
    .name = "put_row",
    .text = "INSERT INTO cve_row VALUES ('CVE-2024-0001', 5, 1, 1, 1, 0, '', ',', '', '', '')",
};
static const struct query put_products = {
    .name = "put_products",
    .text = "INSERT INTO cve_product VALUES ('acme:anvil', 'CVE-2024-0001'), ('acme:anvil', "
            "'CVE-2024-0009'), ('acme:bellows', 'CVE-2024-0001')",
};
static const struct query put_body = {
    .name = "put_body",
    .text = "INSERT INTO body VALUES (5, x'00')",
};
static const struct query put_sent = {
    .name = "put_sent",
    .text = "INSERT INTO sent (id, format, users, bytes) VALUES (3, 'nvd', 1, :bytes)",
    .params = (const char *const[]){ "bytes" },
    .param_count = 1,
};
static const struct query products = {
    .name = "products",
    .text = "SELECT group_concat(product || ' ' || record_id, ', ') AS products FROM (SELECT "
            "n.product, p.record_id FROM cpe_product n JOIN cve_product p ON p.product_id = n.id "
            "ORDER BY 1, 2)",
};

static void fill(struct shelf *shelf)
{
    const struct query *const rows[] = { &put_record, &put_row, &put_products, &put_body };
    struct err err = { 0 };
    struct str packed;

    assert_true(tx_begin(shelf->store, TX_WRITE, &shelf->tx, &err));
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!store_exec(shelf->tx, rows[i], NO_BINDS, NULL, &err))
            fail_msg("%s", err.subject);
    assert_true(pack(STR("{\"as\": \"sent\"}"), shelf->arena, &packed, &err));
    assert_true(store_exec(shelf->tx, &put_sent, BINDS(bind_blob("bytes", packed)), NULL, &err));
    assert_true(tx_commit(&shelf->tx, &err));
}

/* Products by number (a CVE without a record has none), and what was sent as it was packed then. */
static void migration__numbers_products_and_reads_what_was_sent(void **state)
{
    struct shelf *shelf = *state;
    const struct store_kind before = { store_catalog.name, store_catalog.migrations, BEFORE_SMALLER,
                                       true };
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str format, bytes;
    struct err err = { 0 };

    store_close(TAKE(shelf->store));
    unlink(shelf->path);
    assert_true(
        store_open(&(struct store_options){ .path = shelf->path, .kind = &before, .create = true },
                   &shelf->store, &err));
    fill(shelf);
    store_close(TAKE(shelf->store));
    if (!store_open(
            &(struct store_options){ .path = shelf->path, .kind = &store_catalog, .migrate = true },
            &shelf->store, &err))
        fail_msg("%s", err.subject);
    assert_true(tx_begin(shelf->store, TX_READ, &shelf->tx, &err));
    assert_true(store_select(shelf->tx, &products, NO_BINDS, shelf->arena, &rows, &err));
    assert_int_equal(rows_next(rows, &err), 1);
    assert_true(str_eq(row_text(rows, "products"), STR("acme:anvil 5, acme:bellows 5")));
    assert_true(catalog_source_text(shelf->tx, 5, shelf->arena, &format, &bytes, &err));
    assert_true(str_eq(format, STR("nvd")));
    assert_true(str_eq(bytes, STR("{\"as\": \"sent\"}")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(migration__numbers_products_and_reads_what_was_sent,
                                        shelf_set_up, shelf_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
