/* Whatever comes through a socket from another process: a frame or an error, never a crash, never more than the limit. */
#include "outside/peer.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "base/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(64 << 20);
    struct err err = { 0 };
    struct message message;
    int fds[2];

    if (size <= 32768 && socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0) {
        struct peer *peer = peer_new(fds[1]);

        if (write(fds[0], data, size) == (ssize_t)size) {
            shutdown(fds[0], SHUT_WR);
            while (peer_receive(peer, 1000, arena, &message, &err) == 1) {
                struct str rest = message.body, name, value;

                while (record_next(&rest, &name, &value))
                    if (name.len > RECORD_NAME_MAX)
                        abort();
                if (rest.len > 0)
                    abort();
            }
        }
        close(fds[0]);
        peer_free(peer);
    }
    arena_free(arena);
    return 0;
}
