/* parse FILE: parses each line of a file of JSON lines and does nothing else: what the machine can do at best. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    size_t cap = 0, count = 0, pool = 64 << 20;
    char *line = NULL, *room = malloc(pool);
    ssize_t len;

    if (!file || !room)
        return 1;
    while ((len = getline(&line, &cap, file)) > 0) {
        yyjson_alc alc;

        if ((size_t)len + YYJSON_PADDING_SIZE > cap)
            line = realloc(line, cap = (size_t)len + YYJSON_PADDING_SIZE);
        memset(line + len, 0, YYJSON_PADDING_SIZE);
        yyjson_alc_pool_init(&alc, room, pool);
        count += yyjson_read_opts(line, (size_t)len, YYJSON_READ_INSITU, &alc, NULL) != NULL;
    }
    printf("%zu\n", count);
    return 0;
}
