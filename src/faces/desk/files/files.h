/* faces/desk/files/files.h: files of a case: their list for pages, their download, their release. */
#pragma once
#include "faces/desk/files/cabinet.h"
#include "faces/html/parts.h"

extern const struct route_list desk_files_routes;

/* The files of a case that this subject sees, for the part `attachments`; beneath them, for the part `acts`, what it may let go further.
 * download: what a file's path begins with ("/files"). of: on the page about one developer, those of its thread alone; NULL: all but those
 * of developers' threads, and for a developer those of its own as well. */
MUST_CHECK bool desk_files_fill(const struct request *req, struct tx *tx,
                                const struct product_case *c, const struct grant *grant,
                                const struct developer *of, const char *download,
                                struct attachment_list *files, struct act_list *acts,
                                struct err *err);
/* A file by the route's {file}: for people and for programs. */
bool desk_file_download(struct request *req, struct response *res, struct err *err);
/* The field for the files of a message. */
struct field_view desk_files_field(const struct request *req, const char *id);
/* Answers with a file as a download, after the matrix has said yes; never shown by us (C16). */
MUST_CHECK bool desk_file_send(const struct request *req, struct response *res, struct tx *tx,
                               const struct product_case *c, const struct grant *grant,
                               struct err *err);
