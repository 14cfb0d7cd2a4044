/* parse FILE...: parses each file of JSON and does nothing else: what the machine can do at best. */
#include <yyjson.h>

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        yyjson_doc *doc = yyjson_read_file(argv[i], 0, NULL, NULL);

        if (!doc)
            return 1;
        yyjson_doc_free(doc);
    }
    return 0;
}
