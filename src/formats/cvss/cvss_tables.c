#include "base/tr.h"
#include "formats/cvss/cvss_internal.h"

/* clang-format off */
static const struct cvss_value v2_av[] = {
    { "L", "LOCAL", N_("Local (L)"), 395 },
    { "A", "ADJACENT_NETWORK", N_("Adjacent (A)"), 646 },
    { "N", "NETWORK", N_("Network (N)"), 1000 },
    { 0 },
};
static const struct cvss_value v2_ac[] = {
    { "H", "HIGH", N_("High (H)"), 350 },
    { "M", "MEDIUM", N_("Medium (M)"), 610 },
    { "L", "LOW", N_("Low (L)"), 710 },
    { 0 },
};
static const struct cvss_value v2_au[] = {
    { "M", "MULTIPLE", N_("Multiple (M)"), 450 },
    { "S", "SINGLE", N_("Single (S)"), 560 },
    { "N", "NONE", N_("None required (N)"), 704 },
    { 0 },
};
static const struct cvss_value v2_cia[] = {
    { "N", "NONE", N_("None (N)"), 0 },
    { "P", "PARTIAL", N_("Partial (P)"), 275 },
    { "C", "COMPLETE", N_("Complete (C)"), 660 },
    { 0 },
};
static const struct cvss_value v2_e[] = {
    { "U", "UNPROVEN", N_("Unproven (U)"), 850 },
    { "POC", "PROOF_OF_CONCEPT", N_("Proof-of-Concept (POC)"), 900 },
    { "F", "FUNCTIONAL", N_("Functional (F)"), 950 },
    { "H", "HIGH", N_("High: easily exploited (H)"), 1000 },
    { 0 },
};
static const struct cvss_value v2_rl[] = {
    { "OF", "OFFICIAL_FIX", N_("Official Fix (OF)"), 870 },
    { "TF", "TEMPORARY_FIX", N_("Temporary Fix (TF)"), 900 },
    { "W", "WORKAROUND", N_("Workaround (W)"), 950 },
    { "U", "UNAVAILABLE", N_("Unavailable (U)"), 1000 },
    { 0 },
};
static const struct cvss_value v2_rc[] = {
    { "UC", "UNCONFIRMED", N_("Unconfirmed (UC)"), 900 },
    { "UR", "UNCORROBORATED", N_("Uncorroborated (UR)"), 950 },
    { "C", "CONFIRMED", N_("Confirmed (C)"), 1000 },
    { 0 },
};
static const struct cvss_value v2_cdp[] = {
    { "N", "NONE", N_("None (N)"), 0 },
    { "L", "LOW", N_("Low: light loss (L)"), 100 },
    { "LM", "LOW_MEDIUM", N_("Low-Medium (LM)"), 300 },
    { "MH", "MEDIUM_HIGH", N_("Medium-High (MH)"), 400 },
    { "H", "HIGH", N_("High: catastrophic loss (H)"), 500 },
    { 0 },
};
static const struct cvss_value v2_td[] = {
    { "N", "NONE", N_("None (N)"), 0 },
    { "L", "LOW", N_("Low: up to 25% (L)"), 250 },
    { "M", "MEDIUM", N_("Medium: up to 75% (M)"), 750 },
    { "H", "HIGH", N_("High: up to 100% (H)"), 1000 },
    { 0 },
};
static const struct cvss_value v2_req[] = {
    { "L", "LOW", N_("Low (L)"), 500 },
    { "M", "MEDIUM", N_("Medium (M)"), 1000 },
    { "H", "HIGH", N_("High (H)"), 1510 },
    { 0 },
};
static const struct cvss_value av[] = {
    { "N", "NETWORK", N_("Network (N)"), 850 },
    { "A", "ADJACENT_NETWORK", N_("Adjacent (A)"), 620 },
    { "L", "LOCAL", N_("Local (L)"), 550 },
    { "P", "PHYSICAL", N_("Physical (P)"), 200 },
    { 0 },
};
static const struct cvss_value ac[] = {
    { "L", "LOW", N_("Low (L)"), 770 },
    { "H", "HIGH", N_("High (H)"), 440 },
    { 0 },
};
static const struct cvss_value pr[] = {
    { "N", "NONE", N_("None required (N)"), 850 },
    { "L", "LOW", N_("Low (L)"), 620 },
    { "H", "HIGH", N_("High (H)"), 270 },
    { 0 },
};
static const struct cvss_value v3_ui[] = {
    { "N", "NONE", N_("None required (N)"), 850 },
    { "R", "REQUIRED", N_("Required (R)"), 620 },
    { 0 },
};
static const struct cvss_value v3_s[] = {
    { "U", "UNCHANGED", N_("Unchanged (U)"), 0 },
    { "C", "CHANGED", N_("Changed (C)"), 1 },
    { 0 },
};
static const struct cvss_value v3_cia[] = {
    { "H", "HIGH", N_("High (H)"), 560 },
    { "L", "LOW", N_("Low (L)"), 220 },
    { "N", "NONE", N_("None (N)"), 0 },
    { 0 },
};
static const struct cvss_value v3_e[] = {
    { "H", "HIGH", N_("High: easily exploited (H)"), 1000 },
    { "F", "FUNCTIONAL", N_("Functional (F)"), 970 },
    { "P", "PROOF_OF_CONCEPT", N_("Proof-of-Concept (P)"), 940 },
    { "U", "UNPROVEN", N_("Unproven (U)"), 910 },
    { 0 },
};
static const struct cvss_value v3_rl[] = {
    { "U", "UNAVAILABLE", N_("Unavailable (U)"), 1000 },
    { "W", "WORKAROUND", N_("Workaround (W)"), 970 },
    { "T", "TEMPORARY_FIX", N_("Temporary Fix (T)"), 960 },
    { "O", "OFFICIAL_FIX", N_("Official Fix (O)"), 950 },
    { 0 },
};
static const struct cvss_value v3_rc[] = {
    { "C", "CONFIRMED", N_("Confirmed (C)"), 1000 },
    { "R", "REASONABLE", N_("Reasonable (R)"), 960 },
    { "U", "UNKNOWN", N_("Unknown (U)"), 920 },
    { 0 },
};
static const struct cvss_value req[] = {
    { "H", "HIGH", N_("High (H)"), 1500 },
    { "M", "MEDIUM", N_("Medium (M)"), 1000 },
    { "L", "LOW", N_("Low (L)"), 500 },
    { 0 },
};
static const struct cvss_value v4_av[] = {
    { "N", "NETWORK", N_("Network (N)"), 0 },
    { "A", "ADJACENT", N_("Adjacent (A)"), 0 },
    { "L", "LOCAL", N_("Local (L)"), 0 },
    { "P", "PHYSICAL", N_("Physical (P)"), 0 },
    { 0 },
};
static const struct cvss_value v4_at[] = {
    { "N", "NONE", N_("None (N)"), 0 },
    { "P", "PRESENT", N_("Present (P)"), 0 },
    { 0 },
};
static const struct cvss_value v4_ui[] = {
    { "N", "NONE", N_("None required (N)"), 0 },
    { "P", "PASSIVE", N_("Passive (P)"), 0 },
    { "A", "ACTIVE", N_("Active (A)"), 0 },
    { 0 },
};
static const struct cvss_value v4_cia[] = {
    { "H", "HIGH", N_("High (H)"), 0 },
    { "L", "LOW", N_("Low (L)"), 0 },
    { "N", "NONE", N_("None (N)"), 0 },
    { 0 },
};
static const struct cvss_value v4_cia_safety[] = {
    { "S", "SAFETY", N_("Safety (S)"), 0 },
    { "H", "HIGH", N_("High (H)"), 0 },
    { "L", "LOW", N_("Low (L)"), 0 },
    { "N", "NONE", N_("None (N)"), 0 },
    { 0 },
};
static const struct cvss_value v4_e[] = {
    { "A", "ATTACKED", N_("Attacked (A)"), 0 },
    { "P", "PROOF_OF_CONCEPT", N_("Proof-of-Concept (P)"), 0 },
    { "U", "UNREPORTED", N_("Unreported (U)"), 0 },
    { 0 },
};
static const struct cvss_value v4_s[] = {
    { "N", "NEGLIGIBLE", N_("Negligible (N)"), 0 },
    { "P", "PRESENT", N_("Present (P)"), 0 },
    { 0 },
};
static const struct cvss_value v4_au[] = {
    { "N", "NO", N_("No (N)"), 0 },
    { "Y", "YES", N_("Yes (Y)"), 0 },
    { 0 },
};
static const struct cvss_value v4_r[] = {
    { "A", "AUTOMATIC", N_("Automatic (A)"), 0 },
    { "U", "USER", N_("User (U)"), 0 },
    { "I", "IRRECOVERABLE", N_("Irrecoverable (I)"), 0 },
    { 0 },
};
static const struct cvss_value v4_v[] = {
    { "D", "DIFFUSE", N_("Diffuse (D)"), 0 },
    { "C", "CONCENTRATED", N_("Concentrated (C)"), 0 },
    { 0 },
};
static const struct cvss_value v4_re[] = {
    { "L", "LOW", N_("Low (L)"), 0 },
    { "M", "MODERATE", N_("Moderate (M)"), 0 },
    { "H", "HIGH", N_("High (H)"), 0 },
    { 0 },
};
static const struct cvss_value v4_u[] = {
    { "Clear", "CLEAR", N_("Clear"), 0 },
    { "Green", "GREEN", N_("Green"), 0 },
    { "Amber", "AMBER", N_("Amber"), 0 },
    { "Red", "RED", N_("Red"), 0 },
    { 0 },
};
static const struct cvss_metric v2[] = {
    { "AV", N_("Access Vector"), "accessVector", CVSS_BASE, v2_av },
    { "AC", N_("Access Complexity"), "accessComplexity", CVSS_BASE, v2_ac },
    { "Au", N_("Authentication"), "authentication", CVSS_BASE, v2_au },
    { "C", N_("Confidentiality Impact"), "confidentialityImpact", CVSS_BASE, v2_cia },
    { "I", N_("Integrity Impact"), "integrityImpact", CVSS_BASE, v2_cia },
    { "A", N_("Availability Impact"), "availabilityImpact", CVSS_BASE, v2_cia },
    { "E", N_("Exploitability"), "exploitability", CVSS_TEMPORAL, v2_e },
    { "RL", N_("Remediation Level"), "remediationLevel", CVSS_TEMPORAL, v2_rl },
    { "RC", N_("Report Confidence"), "reportConfidence", CVSS_TEMPORAL, v2_rc },
    { "CDP", N_("Collateral Damage Potential"), "collateralDamagePotential", CVSS_ENVIRONMENTAL, v2_cdp },
    { "TD", N_("Target Distribution"), "targetDistribution", CVSS_ENVIRONMENTAL, v2_td },
    { "CR", N_("Confidentiality Requirement"), "confidentialityRequirement", CVSS_ENVIRONMENTAL, v2_req },
    { "IR", N_("Integrity Requirement"), "integrityRequirement", CVSS_ENVIRONMENTAL, v2_req },
    { "AR", N_("Availability Requirement"), "availabilityRequirement", CVSS_ENVIRONMENTAL, v2_req },
};
static const struct cvss_metric v3[] = {
    { "AV", N_("Attack Vector"), "attackVector", CVSS_BASE, av },
    { "AC", N_("Attack Complexity"), "attackComplexity", CVSS_BASE, ac },
    { "PR", N_("Privileges Required"), "privilegesRequired", CVSS_BASE, pr },
    { "UI", N_("User Interaction"), "userInteraction", CVSS_BASE, v3_ui },
    { "S", N_("Scope"), "scope", CVSS_BASE, v3_s },
    { "C", N_("Confidentiality Impact"), "confidentialityImpact", CVSS_BASE, v3_cia },
    { "I", N_("Integrity Impact"), "integrityImpact", CVSS_BASE, v3_cia },
    { "A", N_("Availability Impact"), "availabilityImpact", CVSS_BASE, v3_cia },
    { "E", N_("Exploit Code Maturity"), "exploitCodeMaturity", CVSS_TEMPORAL, v3_e },
    { "RL", N_("Remediation Level"), "remediationLevel", CVSS_TEMPORAL, v3_rl },
    { "RC", N_("Report Confidence"), "reportConfidence", CVSS_TEMPORAL, v3_rc },
    { "CR", N_("Confidentiality Requirement"), "confidentialityRequirement", CVSS_ENVIRONMENTAL, req },
    { "IR", N_("Integrity Requirement"), "integrityRequirement", CVSS_ENVIRONMENTAL, req },
    { "AR", N_("Availability Requirement"), "availabilityRequirement", CVSS_ENVIRONMENTAL, req },
    { "MAV", N_("Modified Attack Vector"), "modifiedAttackVector", CVSS_ENVIRONMENTAL, av },
    { "MAC", N_("Modified Attack Complexity"), "modifiedAttackComplexity", CVSS_ENVIRONMENTAL, ac },
    { "MPR", N_("Modified Privileges Required"), "modifiedPrivilegesRequired", CVSS_ENVIRONMENTAL, pr },
    { "MUI", N_("Modified User Interaction"), "modifiedUserInteraction", CVSS_ENVIRONMENTAL, v3_ui },
    { "MS", N_("Modified Scope"), "modifiedScope", CVSS_ENVIRONMENTAL, v3_s },
    { "MC", N_("Modified Confidentiality Impact"), "modifiedConfidentialityImpact", CVSS_ENVIRONMENTAL, v3_cia },
    { "MI", N_("Modified Integrity Impact"), "modifiedIntegrityImpact", CVSS_ENVIRONMENTAL, v3_cia },
    { "MA", N_("Modified Availability Impact"), "modifiedAvailabilityImpact", CVSS_ENVIRONMENTAL, v3_cia },
};
static const struct cvss_metric v4[] = {
    { "AV", N_("Attack Vector"), "attackVector", CVSS_BASE, v4_av },
    { "AC", N_("Attack Complexity"), "attackComplexity", CVSS_BASE, ac },
    { "AT", N_("Attack Requirements"), "attackRequirements", CVSS_BASE, v4_at },
    { "PR", N_("Privileges Required"), "privilegesRequired", CVSS_BASE, pr },
    { "UI", N_("User Interaction"), "userInteraction", CVSS_BASE, v4_ui },
    { "VC", N_("Confidentiality Impact to the Vulnerable System"), "vulnConfidentialityImpact", CVSS_BASE, v4_cia },
    { "VI", N_("Integrity Impact to the Vulnerable System"), "vulnIntegrityImpact", CVSS_BASE, v4_cia },
    { "VA", N_("Availability Impact to the Vulnerable System"), "vulnAvailabilityImpact", CVSS_BASE, v4_cia },
    { "SC", N_("Confidentiality Impact to the Subsequent System"), "subConfidentialityImpact", CVSS_BASE, v4_cia },
    { "SI", N_("Integrity Impact to the Subsequent System"), "subIntegrityImpact", CVSS_BASE, v4_cia },
    { "SA", N_("Availability Impact to the Subsequent System"), "subAvailabilityImpact", CVSS_BASE, v4_cia },
    { "E", N_("Exploit Maturity"), "exploitMaturity", CVSS_TEMPORAL, v4_e },
    { "CR", N_("Confidentiality Requirement"), "confidentialityRequirement", CVSS_ENVIRONMENTAL, req },
    { "IR", N_("Integrity Requirement"), "integrityRequirement", CVSS_ENVIRONMENTAL, req },
    { "AR", N_("Availability Requirement"), "availabilityRequirement", CVSS_ENVIRONMENTAL, req },
    { "MAV", N_("Modified Attack Vector"), "modifiedAttackVector", CVSS_ENVIRONMENTAL, v4_av },
    { "MAC", N_("Modified Attack Complexity"), "modifiedAttackComplexity", CVSS_ENVIRONMENTAL, ac },
    { "MAT", N_("Modified Attack Requirements"), "modifiedAttackRequirements", CVSS_ENVIRONMENTAL, v4_at },
    { "MPR", N_("Modified Privileges Required"), "modifiedPrivilegesRequired", CVSS_ENVIRONMENTAL, pr },
    { "MUI", N_("Modified User Interaction"), "modifiedUserInteraction", CVSS_ENVIRONMENTAL, v4_ui },
    { "MVC", N_("Modified Confidentiality Impact to the Vulnerable System"), "modifiedVulnConfidentialityImpact", CVSS_ENVIRONMENTAL, v4_cia },
    { "MVI", N_("Modified Integrity Impact to the Vulnerable System"), "modifiedVulnIntegrityImpact", CVSS_ENVIRONMENTAL, v4_cia },
    { "MVA", N_("Modified Availability Impact to the Vulnerable System"), "modifiedVulnAvailabilityImpact", CVSS_ENVIRONMENTAL, v4_cia },
    { "MSC", N_("Modified Confidentiality Impact to the Subsequent System"), "modifiedSubConfidentialityImpact", CVSS_ENVIRONMENTAL, v4_cia },
    { "MSI", N_("Modified Integrity Impact to the Subsequent System"), "modifiedSubIntegrityImpact", CVSS_ENVIRONMENTAL, v4_cia_safety },
    { "MSA", N_("Modified Availability Impact to the Subsequent System"), "modifiedSubAvailabilityImpact", CVSS_ENVIRONMENTAL, v4_cia_safety },
    { "S", N_("Safety"), "Safety", CVSS_SUPPLEMENTAL, v4_s },
    { "AU", N_("Automatable"), "Automatable", CVSS_SUPPLEMENTAL, v4_au },
    { "R", N_("Recovery"), "Recovery", CVSS_SUPPLEMENTAL, v4_r },
    { "V", N_("Value Density"), "valueDensity", CVSS_SUPPLEMENTAL, v4_v },
    { "RE", N_("Vulnerability Response Effort"), "vulnerabilityResponseEffort", CVSS_SUPPLEMENTAL, v4_re },
    { "U", N_("Provider Urgency"), "providerUrgency", CVSS_SUPPLEMENTAL, v4_u },
};

static const struct cvss_table tables[] = {
    [CVSS_2_0] = { STR_INIT(""), STR_INIT("2.0"), "ND", true, V2_E, COUNT(v2), v2 },
    [CVSS_3_0] = { STR_INIT("CVSS:3.0/"), STR_INIT("3.0"), "X", true, V3_E, COUNT(v3), v3 },
    [CVSS_3_1] = { STR_INIT("CVSS:3.1/"), STR_INIT("3.1"), "X", true, V3_E, COUNT(v3), v3 },
    [CVSS_4_0] = { STR_INIT("CVSS:4.0/"), STR_INIT("4.0"), "X", false, V4_E, COUNT(v4), v4 },
};
/* clang-format on */

_Static_assert(COUNT(v2) == V2_COUNT && COUNT(v3) == V3_COUNT && COUNT(v4) == CVSS_METRICS_MAX,
               "the places are those of the tables");

const struct cvss_table *cvss_table(enum cvss_version version) { return &tables[version]; }
