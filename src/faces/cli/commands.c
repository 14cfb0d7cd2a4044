#include "faces/cli/cmd.h"

/* In the order `noroshi help` shows them. */
/* clang-format off */
const struct command commands[] = {
    { "serve", cmd_serve, "serve [--demo]",
      N_("Starts everything: the public pages, the desk, and what they need.") },
    { "init", cmd_init, "init", N_("Makes the state folder: keys, databases and the two bodies.") },
    { "account", cmd_account,
      "account [list]\naccount add EMAIL --name NAME --role admin|rb|cb|auditor|pm|pd[,...] [--organisation NAME] [--lang ja|en]\n"
      "account invite EMAIL\naccount disable EMAIL\naccount enable EMAIL\naccount reset-factor EMAIL\naccount end-sessions EMAIL",
      N_("Adds people and takes their access away, also while the service runs; the first administrator is made here.") },
    { "case", cmd_case,
      "case list [--state STATE] [--format table|json]\ncase show NUMBER [--format table|json]\ncase verify",
      N_("Lists cases, shows one without its texts, or proves that the ledger and its caches are whole.") },
    { "report", cmd_report,
      "report statistics [--as-of DATE|QUARTER] [--format table|json|csv|html]\nreport catalog [--by published|registered] [--years] [--catalog DIR] [--format table|json|csv]",
      N_("Counts what happened to the reports until the end of a day, such as 2026-09-30, or of a quarter, such as 2026-q3; the same whenever it is asked. Of the catalogue: new entries by quarter or year, source and edition, and of those what is embedded or standard software.") },
    { "receipt", cmd_receipt, "receipt verify FILE [--report FILE] [--checkpoint FILE] [--key KEY]",
      N_("Verifies a finder's signed receipt without a network: its signature, the text of the report, and the published checkpoint that binds it. Leaves with 65 when something is wrong.") },
    { "cvss", cmd_cvss, "cvss VECTOR [--format table|json]\ncvss -",
      N_("Shows the metrics and scores of a CVSS vector, of 2.0 to 4.0; with - one vector a line gives version, base, temporal and environmental score and severity.") },
    { "import", cmd_import,
      "import [nvd|cve|osv|csaf|jvnrss|vuldef|jvn-products|kev|epss|cpe|cwe|eol] PATH|DIR|-... [--catalog DIR] [--no-index] [--rebuild-search]\n"
      "import [FORMAT] --retry [--catalog DIR] [--no-index]\n"
      "import [FORMAT] PATH|DIR|-... --index-only [--catalog DIR]",
      N_("Takes known vulnerabilities in from files, packed or not; the format is recognised when left out. Ends with the match index, unless --no-index says that more comes. An interrupt keeps what came so far. --rebuild-search makes the full-text index anew, with or without files. --retry reads again what was refused and kept: what is taken now is refused no more. --index-only keeps no catalogue: it makes the match index of these files, in the place of the one before, for a machine that only scans.") },
    { "feed", cmd_feed,
      "feed [list]\nfeed add NAME URL [--format FORMAT] [--every MINUTES] [--checksums URL] [--max-bytes BYTES]\n"
      "feed run NAME\nfeed pause NAME\nfeed resume NAME\nfeed remove NAME",
      N_("Has files of known vulnerabilities fetched and imported on a schedule, while the service runs. The list gives name, state, format, minutes, last import, next try, failures in a row, the reason of the last one, and the address.") },
    { "search", cmd_search,
      "search WORDS... [--severity critical,high] [--source SOURCE] [--vendor VENDOR] [--product VENDOR:PRODUCT] [--cwe NUMBER]\n"
      "search ... [--year YEAR] [--from DATE] [--to DATE] [--kev yes|no] [--epss 0.1] [--embedded yes|no] [--ja yes|no] [--rejected yes]\n"
      "search ... [--sort modified|published|severity|epss|relevance] [--page N] [--limit N] [--format table|json] [--catalog DIR] [--lang ja|en]",
      N_("Finds known vulnerabilities by words in Japanese or English, names of products and numbers. The filters are those that stand in the address of the portal's search; JSON also says what could be narrowed down by.") },
    { "show", cmd_show, "show NAME [--format table|json|osv|nvd|cve|csaf|vuldef] [--catalog DIR] [--lang ja|en]",
      N_("Shows all that is known of one vulnerability, by any of its names: who says what, and what changed when.") },
    { "scan", cmd_scan,
      "scan SBOM|LIST|FOLDER|/|- [--format table|json|sarif|openvex|cyclonedx-vex|csaf-vex|html] [--output FILE]\n"
      "scan ... [--fail-on kev,epss>=0.5,severity>=high+fix] [--sort ssvc,kev,cvss] [--show id,severity,fixed,title] [--explain]\n"
      "scan ... [--vex FILE]... [--ignore FILE] [--include-unknown-version] [--exposure small|controlled|open] [--impact low|medium|high]\n"
      "scan ... [--input FORMAT] [--columns name=2,version=3] [--distro debian:12] [--catalog DIR] [--lang ja|en]",
      N_("Says which known vulnerabilities touch what a list names or a machine has. Leaves with 2 when --fail-on is met.") },
    { "watch", cmd_watch,
      "watch FILE add PRODUCT...|- [--from SBOM|LIST|FOLDER]\nwatch FILE remove PRODUCT...\n"
      "watch FILE only [WORDS] [--severity critical,high] [--kev yes] [--epss 0.1] [--ja yes] [--embedded yes] [--year YEAR] [--from DATE] [--to DATE]\n"
      "watch FILE search [--catalog DIR] [--lang ja|en]\n"
      "watch FILE mark NAME open|planned|done|not-affected|accepted [--note TEXT]\n"
      "watch FILE list [--state STATE] [--format table|csv|json]",
      N_("Watches products that are registered once: each search adds what is new about them to the checklist in FILE and says what has changed, and what was decided and noted stays. PRODUCT is a name as in the address of a search (apache:http_server), a CPE name or a package URL; with \"-\" one a line of standard input.") },
    { "validate", cmd_validate, "validate csaf [--advice] FILE...",
      N_("Says what is wrong with CSAF 2.0 documents, and what was not checked; --advice adds what is only not good.") },
    { "export", cmd_export, "export DIR",
      N_("Writes everything public as files for a plain web server: pages in Japanese and English, feeds, documents for programs. DIR is written whole, in the place of the export before, or not at all. Searches and forms lead to the portal of portal_url.") },
    { "backup", cmd_backup, "backup DIR",
      N_("Copies everything but the keys, also while the service runs.") },
    { "restore", cmd_restore, "restore DIR --into NEW\nrestore --release",
      N_("Makes a state folder of a backup; mail and publication wait until they are released.") },
    { "migrate", cmd_migrate, "migrate [--dry-run]",
      N_("Brings the databases up to this program's version; --dry-run tries it on a copy.") },
    { "doctor", cmd_doctor, "doctor",
      N_("Says what is wrong with this installation and what to do.") },
    { "settings", cmd_settings, "settings [--example]",
      N_("Prints the settings in effect, or an example file.") },
    { "manual", cmd_manual, "manual",
      N_("Prints the manual page, from the tables the program works by.") },
    { "version", cmd_version, "version\nversion compare SCHEME A B\nversion compare [SCHEME] -",
      N_("Prints the version of this program; or -1, 0 or 1: how two versions of packages stand to each other. With \"-\", for each line of standard input, tabs between.") },
    { "purl", cmd_purl, "purl parse TEXT\npurl parse -",
      N_("Takes a package URL apart and makes it canonical, as JSON. With \"-\", for each line of standard input.") },
    { "cpe", cmd_cpe, "cpe match SOURCE TARGET\ncpe match [SOURCE] -",
      N_("Says how the CPE name SOURCE relates to TARGET: equal, superset, subset, disjoint or undefined. With \"-\", for each line of standard input, tabs between.") },
    { "vers", cmd_vers, "vers contains RANGE VERSION\nvers contains [RANGE] -",
      N_("Says whether a version lies in a VERS range. With \"-\", for each line of standard input, tabs between.") },
    { "demo", cmd_demo, "demo fill\ndemo code EMAIL", NULL },
    { "help", cmd_help, "help [COMMAND]", N_("Prints what the commands do.") },
};
/* clang-format on */
const size_t command_count = COUNT(commands);
