#include "base/testing.h"

#include "formats/xml/wellformed.h"

static void xml_is_well_formed__says_what_expat_says(void **state)
{
    static const struct {
        const char *text;
        bool is_fine;
    } cases[] = {
        { "<a/>", true },
        { "<a b=\"c\">d<e>f</e></a>", true },
        { "<a>", false },
        { "<a></b>", false },
        { "<a>&nothing;</a>", false },
        { "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", false },
        { "", false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].text);
        assert_int_equal(xml_is_well_formed(str_from_z(cases[i].text), &err), cases[i].is_fine);
        assert_int_equal(err.code, cases[i].is_fine ? ERR_NONE : ERR_XML_SYNTAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(
        xml_is_well_formed__says_what_expat_says) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
