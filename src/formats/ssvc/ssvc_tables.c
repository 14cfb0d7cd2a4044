/* The decision points and tables of SSVC as CISA and CERT/CC publish them (github.com/CERTCC/SSVC, data; MIT licence). */
#include "formats/ssvc/ssvc_internal.h"

/* clang-format off */
#define VALUES(list) (list), COUNT(list)

static const struct ssvc_value exploitation_values[] = {
    { "N", "None", N_("No known exploitation"), 0 },
    { "P", "Public PoC", N_("Public proof of concept"), "PoC" },
    { "A", "Active", N_("Active exploitation"), 0 },
};
static const struct ssvc_value automatable_values[] = {
    { "N", "No", N_("Cannot be automated"), 0 },
    { "Y", "Yes", N_("Can be automated"), 0 },
};
static const struct ssvc_value technical_values[] = {
    { "P", "Partial", N_("Partial control"), 0 },
    { "T", "Total", N_("Total control"), 0 },
};
static const struct ssvc_value well_being_values[] = {
    { "L", "Low", N_("Low impact"), 0 },
    { "M", "Medium", N_("Medium impact"), 0 },
    { "H", "High", N_("High impact"), 0 },
};
static const struct ssvc_value human_values[] = {
    { "L", "Low", N_("Low impact"), 0 },
    { "M", "Medium", N_("Medium impact"), 0 },
    { "H", "High", N_("High impact"), 0 },
    { "VH", "Very High", N_("Very high impact"), 0 },
};
static const struct ssvc_value exposure_values[] = {
    { "S", "Small", N_("Small exposure"), 0 },
    { "C", "Controlled", N_("Controlled exposure"), 0 },
    { "O", "Open", N_("Open exposure"), 0 },
};
static const struct ssvc_value utility_values[] = {
    { "L", "Laborious", N_("Laborious"), 0 },
    { "E", "Efficient", N_("Efficient"), 0 },
    { "S", "Super Effective", N_("Super effective"), 0 },
};
static const struct ssvc_value density_values[] = {
    { "D", "Diffuse", N_("Diffuse"), 0 },
    { "C", "Concentrated", N_("Concentrated"), 0 },
};
static const struct ssvc_value public_safety_values[] = {
    { "M", "Minimal", N_("Minimal impact"), 0 },
    { "S", "Significant", N_("Significant impact"), 0 },
};
static const struct ssvc_value safety_values[] = {
    { "N", "Negligible", N_("Negligible harm"), 0 },
    { "M", "Marginal", N_("Marginal harm"), 0 },
    { "R", "Critical", N_("Critical harm"), 0 },
    { "C", "Catastrophic", N_("Catastrophic harm"), 0 },
};
static const struct ssvc_value mission_values[] = {
    { "D", "Degraded", N_("The mission is degraded"), 0 },
    { "MSC", "MEF Support Crippled", N_("The support of an essential function is crippled"), 0 },
    { "MEF", "MEF Failure", N_("An essential function fails"), 0 },
    { "MF", "Mission Failure", N_("The mission fails"), 0 },
};
static const struct ssvc_value publicity_values[] = {
    { "Y", "Yes", N_("The report is public"), 0 },
    { "N", "No", N_("The report is not public"), 0 },
};
static const struct ssvc_value contact_values[] = {
    { "N", "No", N_("The supplier has not been contacted"), 0 },
    { "Y", "Yes", N_("The supplier has been contacted"), 0 },
};
static const struct ssvc_value credibility_values[] = {
    { "NC", "Not Credible", N_("Not credible"), 0 },
    { "C", "Credible", N_("Credible"), 0 },
};
static const struct ssvc_value cardinality_values[] = {
    { "O", "One", N_("One supplier"), 0 },
    { "M", "Multiple", N_("Several suppliers"), 0 },
};
static const struct ssvc_value engagement_values[] = {
    { "A", "Active", N_("The supplier is active"), 0 },
    { "U", "Unresponsive", N_("The supplier does not respond"), 0 },
};
static const struct ssvc_value involvement_values[] = {
    { "FR", "Fix Ready", N_("A correction is ready"), 0 },
    { "C", "Cooperative", N_("Cooperative"), 0 },
    { "UU", "Uncooperative/Unresponsive", N_("Uncooperative or unresponsive"), 0 },
};
static const struct ssvc_value value_added_values[] = {
    { "L", "Limited", N_("Adds little"), 0 },
    { "A", "Ampliative", N_("Adds to what is known"), 0 },
    { "P", "Precedence", N_("Would be the first publication"), 0 },
};
static const struct ssvc_value exposed_values[] = {
    { "N", "No", N_("Not publicly exposed"), 0 },
    { "Y", "Yes", N_("Publicly exposed"), 0 },
};
static const struct ssvc_value kev_values[] = {
    { "N", "No", N_("Not in the KEV catalogue"), 0 },
    { "Y", "Yes", N_("In the KEV catalogue"), 0 },
};
static const struct ssvc_value cisa_values[] = {
    { "T", "Track", N_("Track"), 0 },
    { "T*", "Track*", N_("Track*"), 0 },
    { "AT", "Attend", N_("Attend"), 0 },
    { "AC", "Act", N_("Act"), 0 },
};
static const struct ssvc_value timeline_values[] = {
    { "FSU", "Fix on system upgrade", N_("At the next upgrade of the system"), 0 },
    { "60D", "60 days", N_("Within 60 days"), 0 },
    { "14D", "14 days", N_("Within 14 days"), 0 },
    { "3D", "3 days", N_("Within 3 days"), 0 },
    { "3DF", "3 days & forensic investigation", N_("Within 3 days, with a forensic investigation"), 0 },
};
static const struct ssvc_value priority_values[] = {
    { "D", "Defer", N_("Defer for now"), 0 },
    { "S", "Scheduled", N_("Correct at the scheduled maintenance"), 0 },
    { "O", "Out-of-Cycle", N_("Correct out of cycle"), 0 },
    { "I", "Immediate", N_("Correct immediately"), 0 },
};
static const struct ssvc_value coordinate_values[] = {
    { "D", "Decline", N_("Decline the report"), 0 },
    { "T", "Track", N_("Track the report"), 0 },
    { "C", "Coordinate", N_("Coordinate it"), 0 },
};
static const struct ssvc_value publish_values[] = {
    { "N", "Do Not Publish", N_("Do not publish it"), 0 },
    { "P", "Publish", N_("Publish it"), 0 },
};

static const struct ssvc_point
    exploitation = { "ssvc:E:1.1.0", "Exploitation", N_("State of exploitation"), VALUES(exploitation_values) },
    automatable = { "ssvc:A:2.0.0", "Automatable", N_("Automation of attacks"), VALUES(automatable_values) },
    technical = { "ssvc:TI:1.0.0", "Technical Impact", N_("Technical impact"), VALUES(technical_values) },
    well_being = { "ssvc:MWI:1.0.0", "Mission and Well-Being Impact", N_("Impact on mission and well-being"), VALUES(well_being_values) },
    human = { "ssvc:HI:2.0.2", "Human Impact", N_("Impact on people"), VALUES(human_values) },
    exposure = { "ssvc:EXP:1.0.1", "System Exposure", N_("Exposure of the system"), VALUES(exposure_values) },
    utility = { "ssvc:U:1.0.1", "Utility", N_("Usefulness to attackers"), VALUES(utility_values) },
    density = { "ssvc:VD:1.0.0", "Value Density", N_("Density of value"), VALUES(density_values) },
    public_safety = { "ssvc:PSI:2.0.1", "Public Safety Impact", N_("Impact on public safety"), VALUES(public_safety_values) },
    safety = { "ssvc:SI:2.0.1", "Safety Impact", N_("Impact on safety"), VALUES(safety_values) },
    mission = { "ssvc:MI:2.0.0", "Mission Impact", N_("Impact on the mission"), VALUES(mission_values) },
    publicity = { "ssvc:RP:1.0.0", "Report Public", N_("Publicity of the report"), VALUES(publicity_values) },
    contact = { "ssvc:SCON:1.0.0", "Supplier Contacted", N_("Contact with the supplier"), VALUES(contact_values) },
    credibility = { "ssvc:RC:1.0.0", "Report Credibility", N_("Credibility of the report"), VALUES(credibility_values) },
    cardinality = { "ssvc:SC:1.0.0", "Supplier Cardinality", N_("Number of suppliers"), VALUES(cardinality_values) },
    engagement = { "ssvc:SE:1.0.0", "Supplier Engagement", N_("Engagement of the supplier"), VALUES(engagement_values) },
    involvement = { "ssvc:SINV:1.0.0", "Supplier Involvement", N_("Involvement of the supplier"), VALUES(involvement_values) },
    value_added = { "ssvc:PVA:1.0.0", "Public Value Added", N_("What publishing adds"), VALUES(value_added_values) },
    exposed = { "cisa:PE:1.0.0", "Publicly Exposed", N_("Exposure to public networks"), VALUES(exposed_values) },
    kev = { "cisa:KEV:1.0.0", "In KEV", N_("Known exploited vulnerabilities (KEV)"), VALUES(kev_values) },
    cisa = { "cisa:CISA:1.1.0", "CISA Levels", N_("Level of handling"), VALUES(cisa_values) },
    timeline = { "cisa:BOD2604:1.0.0", "CISA BOD 26-04 Remediation Timelines", N_("Time to correct"), VALUES(timeline_values) },
    priority = { "ssvc:DSOI:1.0.0", "Defer, Scheduled, Out-of-Cycle, Immediate", N_("When to correct"), VALUES(priority_values) },
    coordinate = { "ssvc:COORDINATE:1.0.1", "Decline, Track, Coordinate", N_("What becomes of the report"), VALUES(coordinate_values) },
    publish = { "ssvc:PUBLISH:1.0.0", "Publish, Do Not Publish", N_("Publication by the coordinator"), VALUES(publish_values) };

const struct ssvc_table ssvc_all[] = {
    { "cisa-coordinator", "cisa:DT_CO:2.0.3", "CISA Coordinator", N_("CISA's decision table for coordinators"),
      { &exploitation, &automatable, &technical, &well_being }, 4, &cisa,
      /* a block: automatable no, yes; in it partial, total of low, medium, high */
      "000001" "002002" /* no exploitation */
      "001012" "002012" /* proof of concept */
      "002023" "223233" /* active */ },
    { "cisa-bod-26-04", "cisa:DT_BOD2604:1.0.0", "CISA BOD 26-04", N_("CISA's directive BOD 26-04"),
      { &exposed, &kev, &automatable, &technical }, 4, &timeline,
      "0011" "2224"     /* not exposed: not in KEV, in KEV; automatable no, yes of partial, total */
      "1223" "2434"     /* exposed */ },
    { "deployer", "ssvc:DT_DP:1.0.0", "Deployer Patch Application Priority", N_("CERT/CC's decision table for those who run the software"),
      { &exploitation, &exposure, &automatable, &human }, 4, &priority,
      /* a block: exposure small, controlled, open; in it automatable no, yes of low to very high */
      "00110111" "01111111" "01111112" /* no exploitation */
      "01111111" "01111112" "11121122" /* proof of concept */
      "11221222" "11222222" "12232233" /* active */ },
    { "supplier", "ssvc:DT_SP:1.0.0", "Supplier Patch Development Priority", N_("CERT/CC's decision table for suppliers"),
      { &exploitation, &utility, &technical, &public_safety }, 4, &priority,
      /* a block: laborious, efficient, super effective; in it partial, total of minimal, significant */
      "0112" "1212" "1222" /* no exploitation */
      "1213" "1323" "2323" /* proof of concept */
      "2323" "2323" "3333" /* active */ },
    { "coordinator-triage", "ssvc:DT_COORD_TRIAGE:1.0.0", "Coordinator Triage", N_("CERT/CC's decision table for taking reports"),
      { &publicity, &contact, &credibility, &cardinality, &engagement, &utility, &public_safety }, 7, &coordinate,
      /* a block: one supplier that is active, does not respond, several that are active, do not; in it the utilities of minimal, significant */
      "000000" "000000" "000002" "000002" /* public; not contacted; not credible */
      "000000" "000000" "000002" "000002" /*                        credible */
      "000000" "000000" "000002" "000002" /*         contacted;     not credible */
      "000000" "000000" "000002" "000002" /*                        credible */
      "000000" "000000" "000002" "000002" /* not public; not contacted; not credible */
      "000000" "000000" "000002" "000002" /*                            credible */
      "000101" "000101" "010112" "010112" /*             contacted;     not credible */
      "000101" "122222" "010122" "222222" /*                            credible */ },
    { "coordinator-publish", "ssvc:DT_COORD_PUBLISH:1.0.0", "Coordinator Publish Decision Table", N_("CERT/CC's decision table for publishing"),
      { &involvement, &exploitation, &value_added }, 3, &publish,
      /* a block: no exploitation, proof of concept, active; in it limited, ampliative, precedence */
      "001" "001" "011" /* a correction is ready */
      "001" "001" "011" /* cooperative */
      "001" "011" "111" /* uncooperative */ },
    { "human-impact", "ssvc:DT_HI:1.0.0", "Human Impact", N_("Impact on people from safety and mission"),
      { &safety, &mission }, 2, &human,
      "0013" "0013" "1223" "3333" },
    { "public-safety", "ssvc:DT_PSI:1.0.0", "Public Safety Impact", N_("Impact on public safety from safety"),
      { &safety }, 1, &public_safety,
      "0111" },
    { "utility", "ssvc:DT_U:1.0.0", "Utility", N_("Usefulness to attackers from automation and density of value"),
      { &automatable, &density }, 2, &utility,
      "01" "12" },
};
const size_t ssvc_count = COUNT(ssvc_all);
/* clang-format on */
