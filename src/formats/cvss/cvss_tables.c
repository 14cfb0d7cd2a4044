#include "base/tr.h"
#include "formats/cvss/cvss_internal.h"

/* clang-format off */
static const struct cvss_value v2_av[] = {
    { "L", "LOCAL", N_("Local (L)") },
    { "A", "ADJACENT_NETWORK", N_("Adjacent (A)") },
    { "N", "NETWORK", N_("Network (N)") },
    { 0 },
};
static const struct cvss_value v2_ac[] = {
    { "H", "HIGH", N_("High (H)") },
    { "M", "MEDIUM", N_("Medium (M)") },
    { "L", "LOW", N_("Low (L)") },
    { 0 },
};
static const struct cvss_value v2_au[] = {
    { "M", "MULTIPLE", N_("Multiple (M)") },
    { "S", "SINGLE", N_("Single (S)") },
    { "N", "NONE", N_("None required (N)") },
    { 0 },
};
static const struct cvss_value v2_cia[] = {
    { "N", "NONE", N_("None (N)") },
    { "P", "PARTIAL", N_("Partial (P)") },
    { "C", "COMPLETE", N_("Complete (C)") },
    { 0 },
};
static const struct cvss_value v2_e[] = {
    { "U", "UNPROVEN", N_("Unproven (U)") },
    { "POC", "PROOF_OF_CONCEPT", N_("Proof-of-Concept (POC)") },
    { "F", "FUNCTIONAL", N_("Functional (F)") },
    { "H", "HIGH", N_("High: easily exploited (H)") },
    { 0 },
};
static const struct cvss_value v2_rl[] = {
    { "OF", "OFFICIAL_FIX", N_("Official Fix (OF)") },
    { "TF", "TEMPORARY_FIX", N_("Temporary Fix (TF)") },
    { "W", "WORKAROUND", N_("Workaround (W)") },
    { "U", "UNAVAILABLE", N_("Unavailable (U)") },
    { 0 },
};
static const struct cvss_value v2_rc[] = {
    { "UC", "UNCONFIRMED", N_("Unconfirmed (UC)") },
    { "UR", "UNCORROBORATED", N_("Uncorroborated (UR)") },
    { "C", "CONFIRMED", N_("Confirmed (C)") },
    { 0 },
};
static const struct cvss_value v2_cdp[] = {
    { "N", "NONE", N_("None (N)") },
    { "L", "LOW", N_("Low: light loss (L)") },
    { "LM", "LOW_MEDIUM", N_("Low-Medium (LM)") },
    { "MH", "MEDIUM_HIGH", N_("Medium-High (MH)") },
    { "H", "HIGH", N_("High: catastrophic loss (H)") },
    { 0 },
};
static const struct cvss_value v2_td[] = {
    { "N", "NONE", N_("None (N)") },
    { "L", "LOW", N_("Low: up to 25% (L)") },
    { "M", "MEDIUM", N_("Medium: up to 75% (M)") },
    { "H", "HIGH", N_("High: up to 100% (H)") },
    { 0 },
};
static const struct cvss_value v2_req[] = {
    { "L", "LOW", N_("Low (L)") },
    { "M", "MEDIUM", N_("Medium (M)") },
    { "H", "HIGH", N_("High (H)") },
    { 0 },
};
static const struct cvss_value av[] = {
    { "N", "NETWORK", N_("Network (N)") },
    { "A", "ADJACENT_NETWORK", N_("Adjacent (A)") },
    { "L", "LOCAL", N_("Local (L)") },
    { "P", "PHYSICAL", N_("Physical (P)") },
    { 0 },
};
static const struct cvss_value ac[] = {
    { "L", "LOW", N_("Low (L)") },
    { "H", "HIGH", N_("High (H)") },
    { 0 },
};
static const struct cvss_value pr[] = {
    { "N", "NONE", N_("None required (N)") },
    { "L", "LOW", N_("Low (L)") },
    { "H", "HIGH", N_("High (H)") },
    { 0 },
};
static const struct cvss_value v3_ui[] = {
    { "N", "NONE", N_("None required (N)") },
    { "R", "REQUIRED", N_("Required (R)") },
    { 0 },
};
static const struct cvss_value v3_s[] = {
    { "U", "UNCHANGED", N_("Unchanged (U)") },
    { "C", "CHANGED", N_("Changed (C)") },
    { 0 },
};
static const struct cvss_value v3_cia[] = {
    { "H", "HIGH", N_("High (H)") },
    { "L", "LOW", N_("Low (L)") },
    { "N", "NONE", N_("None (N)") },
    { 0 },
};
static const struct cvss_value v3_e[] = {
    { "H", "HIGH", N_("High: easily exploited (H)") },
    { "F", "FUNCTIONAL", N_("Functional (F)") },
    { "P", "PROOF_OF_CONCEPT", N_("Proof-of-Concept (P)") },
    { "U", "UNPROVEN", N_("Unproven (U)") },
    { 0 },
};
static const struct cvss_value v3_rl[] = {
    { "U", "UNAVAILABLE", N_("Unavailable (U)") },
    { "W", "WORKAROUND", N_("Workaround (W)") },
    { "T", "TEMPORARY_FIX", N_("Temporary Fix (T)") },
    { "O", "OFFICIAL_FIX", N_("Official Fix (O)") },
    { 0 },
};
static const struct cvss_value v3_rc[] = {
    { "C", "CONFIRMED", N_("Confirmed (C)") },
    { "R", "REASONABLE", N_("Reasonable (R)") },
    { "U", "UNKNOWN", N_("Unknown (U)") },
    { 0 },
};
static const struct cvss_value req[] = {
    { "H", "HIGH", N_("High (H)") },
    { "M", "MEDIUM", N_("Medium (M)") },
    { "L", "LOW", N_("Low (L)") },
    { 0 },
};
static const struct cvss_value v4_av[] = {
    { "N", "NETWORK", N_("Network (N)") },
    { "A", "ADJACENT", N_("Adjacent (A)") },
    { "L", "LOCAL", N_("Local (L)") },
    { "P", "PHYSICAL", N_("Physical (P)") },
    { 0 },
};
static const struct cvss_value v4_at[] = {
    { "N", "NONE", N_("None (N)") },
    { "P", "PRESENT", N_("Present (P)") },
    { 0 },
};
static const struct cvss_value v4_ui[] = {
    { "N", "NONE", N_("None required (N)") },
    { "P", "PASSIVE", N_("Passive (P)") },
    { "A", "ACTIVE", N_("Active (A)") },
    { 0 },
};
static const struct cvss_value v4_cia[] = {
    { "H", "HIGH", N_("High (H)") },
    { "L", "LOW", N_("Low (L)") },
    { "N", "NONE", N_("None (N)") },
    { 0 },
};
static const struct cvss_value v4_cia_safety[] = {
    { "S", "SAFETY", N_("Safety (S)") },
    { "H", "HIGH", N_("High (H)") },
    { "L", "LOW", N_("Low (L)") },
    { "N", "NONE", N_("None (N)") },
    { 0 },
};
static const struct cvss_value v4_e[] = {
    { "A", "ATTACKED", N_("Attacked (A)") },
    { "P", "PROOF_OF_CONCEPT", N_("Proof-of-Concept (P)") },
    { "U", "UNREPORTED", N_("Unreported (U)") },
    { 0 },
};
static const struct cvss_value v4_s[] = {
    { "N", "NEGLIGIBLE", N_("Negligible (N)") },
    { "P", "PRESENT", N_("Present (P)") },
    { 0 },
};
static const struct cvss_value v4_au[] = {
    { "N", "NO", N_("No (N)") },
    { "Y", "YES", N_("Yes (Y)") },
    { 0 },
};
static const struct cvss_value v4_r[] = {
    { "A", "AUTOMATIC", N_("Automatic (A)") },
    { "U", "USER", N_("User (U)") },
    { "I", "IRRECOVERABLE", N_("Irrecoverable (I)") },
    { 0 },
};
static const struct cvss_value v4_v[] = {
    { "D", "DIFFUSE", N_("Diffuse (D)") },
    { "C", "CONCENTRATED", N_("Concentrated (C)") },
    { 0 },
};
static const struct cvss_value v4_re[] = {
    { "L", "LOW", N_("Low (L)") },
    { "M", "MODERATE", N_("Moderate (M)") },
    { "H", "HIGH", N_("High (H)") },
    { 0 },
};
static const struct cvss_value v4_u[] = {
    { "Clear", "CLEAR", N_("Clear") },
    { "Green", "GREEN", N_("Green") },
    { "Amber", "AMBER", N_("Amber") },
    { "Red", "RED", N_("Red") },
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
