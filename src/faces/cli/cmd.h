/* faces/cli/cmd.h: what stands in the cmd_*.c files, for the table in commands.c alone. */
#pragma once
#include "faces/cli/cli.h"

bool cmd_account(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_export(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_feed(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_backup(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_case(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_cpe(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_cvss(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_demo(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_doctor(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_help(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_import(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_init(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_manual(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_migrate(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_purl(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_receipt(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_report(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_restore(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_scan(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_search(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_serve(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_settings(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_show(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_validate(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_vers(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_version(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_watch(const struct app *app, int argc, char **argv, int *status, struct err *err);
