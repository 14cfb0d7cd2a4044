#include "formats/myjvn/order.h"
#include "formats/testing.h"
#include "formats/xml/tree.h"

static int compare(struct arena *arena, struct str a, struct str b)
{
    return str_cmp(myjvn_order_key(arena, a), myjvn_order_key(arena, b));
}

static void myjvn_order_key__orders_as_cp932_does(void **state)
{
    static const char *const in_order[] = { "",
                                            "#1 deals",
                                            ".NET Foundation",
                                            "0branch",
                                            "apple",
                                            "BANANA",
                                            "[x]",
                                            "_x",
                                            "ｱｲﾐﾂ",
                                            "、",
                                            "ＡＢＣ",
                                            "アップル",
                                            "マイクロソフト",
                                            "三菱電機",
                                            "大垣共立銀行",
                                            "東芝",
                                            "日立",
                                            "日立ソフト",
                                            "有限会社",
                                            "理化学研究所",
                                            "\xc3\xa9"
                                            "cole",
                                            "\xf0\x9f\x94\xa5" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 1; i < COUNT(in_order); i++) {
        print_message("case: \"%s\" < \"%s\"\n", in_order[i - 1], in_order[i]);
        assert_true(compare(arena, str_from_z(in_order[i - 1]), str_from_z(in_order[i])) < 0);
    }
    assert_true(compare(arena, STR("MELSEC iQ-F"), STR("melsec IQ-f")) == 0);
}

/* API-01: the pages that JVN published stand in this order. */
static void myjvn_order_key__orders_the_published_lists(void **state)
{
    static const char *const files[] = { "getVendorList_hnd.xml", "getProductList_hnd.xml" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(files); i++) {
        const char *path = testing_data(
            arena, arena_z(arena, arena_printf(arena, "jvn/myjvn-np/examples-hnd/%s", files[i])));
        const struct xml_node *root;
        struct err err = { 0 };
        struct str before = STR_NONE, product = STR_NONE;
        size_t pairs = 0;

        if (!path)
            skip();
        assert_true(xml_read(testing_read(arena, path), arena, &root, &err));
        for (const struct xml_node *vendor = xml_child(xml_child(root, "VendorInfo"), "Vendor");
             vendor; vendor = xml_next(vendor)) {
            if (str_eq(xml_attribute_of(vendor, "cpe"), STR("cpe:/:dendai.ac.jp")))
                continue; /* invented, and put in front */
            if (before.ptr && compare(arena, before, xml_attribute_of(vendor, "vname")) > 0)
                fail_msg("%.*s stands before its like", STR_ARG(before));
            pairs++;
            before = xml_attribute_of(vendor, "vname");
            product = STR_NONE;
            for (const struct xml_node *one = xml_child(vendor, "Product"); one;
                 one = xml_next(one)) {
                if (product.ptr && compare(arena, product, xml_attribute_of(one, "pname")) > 0)
                    fail_msg("%.*s stands before %.*s", STR_ARG(product),
                             STR_ARG(xml_attribute_of(one, "pname")));
                product = xml_attribute_of(one, "pname");
                pairs++;
            }
        }
        assert_true(pairs > 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(myjvn_order_key__orders_as_cp932_does),
        cmocka_unit_test(myjvn_order_key__orders_the_published_lists),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
