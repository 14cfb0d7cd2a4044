#include "formats/xml/wellformed.h"

#include <expat.h>
#include <limits.h>

#include "base/err.h"

static void XMLCALL refuse(void *parser, const XML_Char *name, const XML_Char *system,
                           const XML_Char *public, int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    XML_StopParser(parser, XML_FALSE);
}

bool xml_is_well_formed(struct str text, struct err *err)
{
    XML_Parser parser;
    unsigned line;
    bool is_fine;

    if (text.len > INT_MAX)
        return FAIL(err, TOO_LARGE, STR("XML"));
    parser = XML_ParserCreate(NULL);
    if (!parser)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    XML_UseParserAsHandlerArg(parser);
    XML_SetStartDoctypeDeclHandler(parser, refuse);
    is_fine = XML_Parse(parser, text.ptr, (int)text.len, XML_TRUE) == XML_STATUS_OK;
    line = (unsigned)XML_GetCurrentLineNumber(parser);
    if (!is_fine) {
        FAIL(err, XML_SYNTAX, str_from_z(XML_ErrorString(XML_GetErrorCode(parser))));
        err->line = line;
    }
    XML_ParserFree(parser);
    return is_fine;
}
