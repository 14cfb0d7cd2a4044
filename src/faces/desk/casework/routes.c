/* faces/desk/casework/routes.c: the pages of cases, read from top to bottom: who may ask for what. Which cases and which parts of them is the
 * matrix's question (domain/casework/visibility), asked again for every request. */
#include "faces/desk/casework/routes.h"

#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/permission.h"

enum { SMALL = 64 * 1024, LARGE = 512 * 1024, FILES = 52 << 20 };

#define POST(path, may, handle)  ROUTE_POST(path, may, TOKEN_FORM, BODY_FORM, LARGE, handle)
#define SAY(path, may, handle)   ROUTE_POST(path, may, TOKEN_FORM, BODY_MULTIPART, FILES, handle)
#define PRESS(path, may, handle) ROUTE_POST(path, may, TOKEN_FORM, BODY_FORM, SMALL, handle)

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/today",                                         MAY_CASES,  today_show),

    ROUTE_GET("/reports",                                       MAY_RECEIVE,    report_list),
    ROUTE_GET("/reports/{id}",                                  MAY_RECEIVE,    report_show),
    PRESS("/reports/{id}/accept",                               MAY_RECEIVE,    report_accept),
    ROUTE_GET("/reports/{id}/print",                            MAY_RECEIVE,    report_print),
    POST("/reports/{id}/reject",                                MAY_RECEIVE,    report_reject),
    POST("/reports/{id}/stop",                                  MAY_RECEIVE,    report_stop),
    PRESS("/reports/{id}/forward",                              MAY_RECEIVE,    report_forward),
    SAY("/reports/{id}/messages",                               MAY_RECEIVE,    report_say),
    POST("/reports/{id}/withdrawal",                            MAY_RECEIVE,    report_withdrawal),
    POST("/reports/{id}/inquiries/{inquiry}/consult",           MAY_RECEIVE,    report_inquiry_consult),
    POST("/reports/{id}/inquiries/{inquiry}/record",            MAY_RECEIVE,    report_inquiry_record),
    POST("/reports/{id}/inquiries/{inquiry}/answer",            MAY_RECEIVE,    report_inquiry_answer),
    POST("/reports/{id}/notes",                                 MAY_RECEIVE,    report_note),
    POST("/reports/{id}/handover",                              MAY_RECEIVE,    report_handover),
    POST("/reports/{id}/impact",                                MAY_RECEIVE,    report_assess),
    PRESS("/reports/{id}/title",                                MAY_RECEIVE,    report_title),
    POST("/reports/{id}/identity",                              MAY_RECEIVE,    report_identity_ask),
    PRESS("/reports/{id}/identity/{opening}/allow",             MAY_RECEIVE,    report_identity_allow),
    POST("/reports/{id}/renewal",                               MAY_RECEIVE,    report_renewal_ask),
    PRESS("/reports/{id}/renewal/{renewal}/allow",              MAY_RECEIVE,    report_renewal_allow),
    PRESS("/reports/{id}/identity/{opening}/show",              MAY_RECEIVE,    report_identity_show),

    /* of a website alone: its operator is told in three stages */
    PRESS("/reports/{id}/stage1",                               MAY_RECEIVE,    website_stage1),
    PRESS("/reports/{id}/stage2",                               MAY_RECEIVE,    website_stage2),
    POST("/reports/{id}/stage3",                                MAY_RECEIVE,    website_stage3),
    PRESS("/reports/{id}/reminder",                             MAY_RECEIVE,    website_reminder),
    POST("/reports/{id}/attempts",                              MAY_RECEIVE,    website_attempt),
    PRESS("/reports/{id}/direct",                               MAY_RECEIVE,    website_direct),
    POST("/reports/{id}/operator-messages",                     MAY_RECEIVE,    website_say_operator),
    POST("/reports/{id}/not-vulnerable",                        MAY_RECEIVE,    website_not_vulnerable),
    PRESS("/reports/{id}/close",                                MAY_RECEIVE,    website_end),
    POST("/reports/{id}/unhandleable",                          MAY_RECEIVE,    website_unhandleable),
    POST("/reports/{id}/alert",                                 MAY_RECEIVE,    website_alert),

    ROUTE_GET("/cases",                                         MAY_CASES,  case_list),
    ROUTE_GET("/cases/{id}",                                    MAY_CASES,  case_show),
    ROUTE_GET("/cases/{id}/print",                              MAY_CASES,  case_print),
    ROUTE_GET("/cases/{id}/history",                            MAY_BODIES,     case_history),
    ROUTE_GET("/cases/{id}/search",                             MAY_CASES,  case_search),
    SAY("/cases/{id}/messages",                                 MAY_BODIES,     case_say),
    POST("/cases/{id}/notes",                                   MAY_COORDINATE, case_keep_note),
    POST("/cases/{id}/impact",                                  MAY_BODIES,     case_assess),
    PRESS("/cases/{id}/title",                                  MAY_BODIES,     case_title),

    PRESS("/cases/{id}/take",                                   MAY_COORDINATE, case_take),
    PRESS("/cases/{id}/developers",                             MAY_COORDINATE, case_add_developer),
    POST("/cases/{id}/summary",                                 MAY_COORDINATE, case_summary),
    POST("/cases/{id}/date",                                    MAY_COORDINATE, case_set_date),
    POST("/cases/{id}/date/change",                             MAY_COORDINATE, case_change_date),
    POST("/cases/{id}/date/proposal",                           MAY_COORDINATE, case_propose_date),
    POST("/cases/{id}/date/proposal/decision",                  MAY_COORDINATE, case_decide_date),
    POST("/cases/{id}/wishes/{wish}",                           MAY_COORDINATE, case_decide_wish),
    POST("/cases/{id}/hints/{hint}",                            MAY_COORDINATE, case_handle_hint),
    PRESS("/cases/{id}/status-request",                         MAY_COORDINATE, case_ask_status),
    POST("/cases/{id}/stop-advice",                             MAY_COORDINATE, case_advise_stop),
    POST("/cases/{id}/eol",                                     MAY_COORDINATE, case_eol),
    POST("/cases/{id}/close",                                   MAY_COORDINATE, case_close),

    POST("/cases/{id}/merge",                                   MAY_COORDINATE, case_merge),
    POST("/cases/{id}/release",                                 MAY_COORDINATE, case_release),
    POST("/cases/{id}/split",                                   MAY_COORDINATE, case_split),

    POST("/cases/{id}/analyses",                                MAY_BODIES,     case_analysis_ask),
    PRESS("/cases/{id}/analyses/{analysis}/end",                MAY_BODIES,     case_analysis_end),
    POST("/cases/{id}/inquiries/{inquiry}/advise",              MAY_COORDINATE, case_inquiry_advise),
    POST("/cases/{id}/observations",                            MAY_BODIES,     case_observed),
    POST("/cases/{id}/observations/{observation}/adopt",        MAY_BODIES,     case_observed_adopt),
    POST("/cases/{id}/observations/{observation}/dismiss",      MAY_BODIES,     case_observed_dismiss),
    POST("/cases/{id}/observations/{observation}/decide",       MAY_COORDINATE, case_observed_decide),
    POST("/cases/{id}/priority",                                MAY_BODIES,     case_priority_plan),
    POST("/cases/{id}/priority/answer",                         MAY_BODIES,     case_priority_answer),
    PRESS("/cases/{id}/priority/finder",                        MAY_RECEIVE,    case_priority_finder),
    POST("/cases/{id}/priority/drop",                           MAY_BODIES,     case_priority_drop),
    POST("/cases/{id}/priority/provision",                      MAY_BODIES,     case_priority_provide),

    POST("/cases/{id}/docket",                                  MAY_COORDINATE, case_docket),
    POST("/cases/{id}/docket/check",                            MAY_RECEIVE,    case_docket_check),
    POST("/cases/{id}/docket/notice",                           MAY_RECEIVE,    case_docket_notice),
    PRESS("/cases/{id}/docket/heard",                           MAY_RECEIVE,    case_docket_heard),
    POST("/cases/{id}/docket/meeting",                          MAY_RECEIVE,    case_docket_meeting),
    POST("/cases/{id}/docket/minutes",                          MAY_RECEIVE,    case_docket_minutes),
    POST("/cases/{id}/docket/decision",                         MAY_RECEIVE,    case_docket_decision),
    POST("/cases/{id}/docket/order",                            MAY_RECEIVE,    case_docket_order),
    POST("/cases/{id}/docket/end",                              MAY_BODIES,     case_docket_end),

    PRESS("/cases/{id}/summaries",                              MAY_COORDINATE, case_send_summaries),
    PRESS("/cases/{id}/reminders",                              MAY_COORDINATE, case_remind_all),
    POST("/cases/{id}/handover",                                MAY_BODIES,     case_handover),
    POST("/cases/{id}/cve-numbers",                             MAY_COORDINATE, case_cve_reserve),
    POST("/cases/{id}/cve-numbers/{cve}/reject",                MAY_COORDINATE, case_cve_reject),
    POST("/cases/{id}/exchanges",                               MAY_COORDINATE, case_exchange_give),
    POST("/cases/{id}/exchanges/{exchange}/messages",           MAY_COORDINATE, case_exchange_say),
    PRESS("/cases/{id}/exchanges/{exchange}/end",               MAY_COORDINATE, case_exchange_end),
    POST("/cases/{id}/rooms",                                   MAY_COORDINATE, case_room_propose),
    ROUTE_GET("/cases/{id}/rooms/{room}",                       MAY_CASES,      room_show),
    POST("/cases/{id}/rooms/{room}/messages",                   MAY_CASES,      room_say_deed),
    PRESS("/cases/{id}/rooms/{room}/close",                     MAY_COORDINATE, room_close_deed),
    PRESS("/cases/{id}/rooms/{room}/agree",                     MAY_DEVELOP,    room_agree_deed),
    PRESS("/cases/{id}/rooms/{room}/decline",                   MAY_DEVELOP,    room_decline_deed),
    PRESS("/cases/{id}/rooms/{room}/leave",                     MAY_DEVELOP,    room_leave_deed),
    ROUTE_GET("/cases/{id}/developers/{developer}",             MAY_BODIES,     party_show),
    PRESS("/cases/{id}/developers/{developer}/summary",         MAY_COORDINATE, developer_send_summary),
    PRESS("/cases/{id}/developers/{developer}/detail",          MAY_COORDINATE, developer_send_detail),
    PRESS("/cases/{id}/developers/{developer}/reminder",        MAY_COORDINATE, developer_remind),
    POST("/cases/{id}/developers/{developer}/contact",          MAY_COORDINATE, developer_contact),
    POST("/cases/{id}/developers/{developer}/unreachable",      MAY_COORDINATE, developer_propose_unreachable),
    PRESS("/cases/{id}/developers/{developer}/unreachable/confirm", MAY_COORDINATE, developer_confirm_unreachable),
    PRESS("/cases/{id}/developers/{developer}/unreachable/drop", MAY_COORDINATE, developer_drop_unreachable),
    POST("/cases/{id}/developers/{developer}/unreachable/list", MAY_COORDINATE, developer_list_unreachable),
    PRESS("/cases/{id}/developers/{developer}/unreachable/product", MAY_COORDINATE, developer_list_product),
    PRESS("/cases/{id}/developers/{developer}/unreachable/deadline", MAY_COORDINATE, developer_set_deadline),
    PRESS("/cases/{id}/developers/{developer}/silent",          MAY_COORDINATE, developer_silent),
    POST("/cases/{id}/developers/{developer}/breach",           MAY_COORDINATE, developer_breach),
    POST("/cases/{id}/developers/{developer}/removal",          MAY_COORDINATE, developer_remove),
    SAY("/cases/{id}/developers/{developer}/messages",          MAY_COORDINATE, developer_say),

    POST("/cases/{id}/answer/no-product",                       MAY_DEVELOP,     own_no_product),
    PRESS("/cases/{id}/answer/detail",                          MAY_DEVELOP,     own_request_detail),
    POST("/cases/{id}/answer/result",                           MAY_DEVELOP,     own_result),
    POST("/cases/{id}/answer/status",                           MAY_DEVELOP,     own_status),
    POST("/cases/{id}/answer/status/draft",                     MAY_DEVELOP,     own_status_draft),
    POST("/cases/{id}/answer/reporter",                         MAY_DEVELOP,     own_reporter),
    POST("/cases/{id}/answer/reporter/erase",                   MAY_DEVELOP,     own_reporter_erase),
    POST("/cases/{id}/answer/hint",                             MAY_DEVELOP,     own_hint),
    POST("/cases/{id}/answer/date",                             MAY_DEVELOP,     own_wish),
    POST("/cases/{id}/answer/refusal",                          MAY_DEVELOP,     own_refuse),
    POST("/cases/{id}/answer/observation",                      MAY_DEVELOP,     own_observed),
    POST("/cases/{id}/answer/priority",                         MAY_DEVELOP,     own_priority_answer),
    POST("/cases/{id}/answer/opinion",                          MAY_DEVELOP,     own_opinion),
    POST("/cases/{id}/answer/view",                             MAY_DEVELOP,     own_view),
    SAY("/cases/{id}/answer/messages",                          MAY_DEVELOP,     own_say),
    POST("/cases/{id}/answer/notes",                            MAY_FOLLOW,      own_note),

    ROUTE_GET("/own-product",                                   MAY_DEVELOP,     own_product_show),
    POST("/own-product",                                        MAY_DEVELOP,     own_product_send),

    ROUTE_GET("/ledger",                                        MAY_AUDIT,  ledger_show),
};
/* clang-format on */

const struct route_list desk_casework_routes = ROUTES(routes);
