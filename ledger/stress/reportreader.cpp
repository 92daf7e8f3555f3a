// SPDX-License-Identifier: GPL-3.0-or-later
//! Members that are missing read as zero or empty; those a report cannot be without are demanded.
#include "ledger/stress/reportreader.h"

#include "ledger/stress/jsonmembers.h"

#include <QtCore/QJsonDocument>

namespace tallystick {

namespace {

QString text(const QJsonObject& json, const char* name)
{
    return json.value(QLatin1String(name)).toString();
}

qint64 whole(const QJsonObject& json, const char* name)
{
    return json.value(QLatin1String(name)).toInteger();
}

double number(const QJsonObject& json, const char* name)
{
    return json.value(QLatin1String(name)).toDouble();
}

QJsonObject object(const QJsonObject& json, const char* name)
{
    return json.value(QLatin1String(name)).toObject();
}

QStringList texts(const QJsonObject& json, const char* name)
{
    QStringList list;
    for (const QJsonValue one : json.value(QLatin1String(name)).toArray())
        list.append(one.toString());
    return list;
}

std::optional<Credits> credits(const QJsonObject& json, const char* name)
{
    const QJsonValue value = json.value(QLatin1String(name));
    return value.isDouble() ? std::optional(Credits::of(value.toInteger())) : std::nullopt;
}

UserId user(const QJsonObject& json)
{
    return UserId::from(text(json, "user")).value_or(UserId());
}

TransactionKey key(const QJsonObject& json)
{
    return TransactionKey::from(text(json, "key")).value_or(TransactionKey());
}

template <class Row>
auto listOf(const QJsonObject& json, const char* name, Row row)
{
    QList<decltype(row(QJsonObject()))> list;
    for (const QJsonValue one : json.value(QLatin1String(name)).toArray())
        list.append(row(one.toObject()));
    return list;
}

QMap<QString, qint64> countsByName(const QJsonObject& json)
{
    QMap<QString, qint64> counts;
    for (auto member = json.begin(); member != json.end(); ++member)
        counts.insert(member.key(), member.value().toInteger());
    return counts;
}

OutcomeCounts outcomes(const QJsonObject& json)
{
    return {.ok = whole(json, "ok"),
            .replayed = whole(json, "replayed"),
            .refused = whole(json, "refused"),
            .failed = whole(json, "failed"),
            .unknown = whole(json, "unresolved"), // "unknown" counts the resolved ones too
            .skipped = whole(json, "skipped"),
            .unfinished = whole(json, "unfinished"),
            .applied = whole(json, "applied"),
            .voided = whole(json, "voided")};
}

Percentiles percentiles(const QJsonObject& json)
{
    return {.count = whole(json, "count"),
            .p50 = whole(json, "p50"),
            .p95 = whole(json, "p95"),
            .p99 = whole(json, "p99"),
            .p999 = whole(json, "p999"),
            .max = whole(json, "max")};
}

SeriesPoint point(const QJsonObject& json)
{
    return {.atSeconds = number(json, "at"),
            .bucketSeconds = number(json, "seconds"),
            .ok = whole(json, "ok"),
            .refused = whole(json, "refused"),
            .failed = whole(json, "failed"),
            .unknown = whole(json, "unknown"),
            .skipped = whole(json, "skipped"),
            .offered = whole(json, "offered"),
            .backlog = whole(json, "backlog"),
            .response = percentiles(object(json, "response")),
            .lag = percentiles(object(json, "lag")),
            .lockWait = percentiles(object(json, "lockWait")),
            .work = percentiles(object(json, "work")),
            .rest = percentiles(object(json, "rest")),
            .waitingForLock = int(whole(json, "waitingForLock")),
            .waitingForCommit = int(whole(json, "waitingForCommit")),
            .active = int(whole(json, "active")),
            .idle = int(whole(json, "idle"))};
}

TimelineEntry entry(const QJsonObject& json)
{
    return {.worker = int(whole(json, "worker")),
            .operation = operationNamed(text(json, "operation")).value_or(OperationKind::Read),
            .user = user(json),
            .key = key(json),
            .amount = Credits::of(whole(json, "amount")),
            .sentMicros = whole(json, "sentMicros"),
            .endMicros = whole(json, "endMicros"),
            .anatomy = {.lockWaitMicros = whole(json, "lockWaitMicros"),
                        .workMicros = whole(json, "workMicros")},
            .outcome = text(json, "outcome"),
            .detail = text(json, "detail"),
            .balance = credits(json, "balance"),
            .finished = true};
}

BalanceTrack track(const QJsonObject& json)
{
    BalanceTrack track{.user = user(json), .operations = whole(json, "operations"), .points = {}};
    for (const QJsonValue one : json.value(QLatin1String("points")).toArray())
        track.points.append({one[0].toDouble(), Credits::of(one[1].toInteger())});
    return track;
}

LockWait wait(const QJsonObject& json)
{
    return {.waiterName = text(json, "waiter"),
            .blockerNames = texts(json, "behind"),
            .waitEvent = text(json, "event"),
            .waitedMicros = whole(json, "waitedMicros"),
            .user = UserId::from(text(json, "user"))};
}

Example example(const QJsonObject& json)
{
    return {.user = user(json),
            .key = key(json),
            .expected = credits(json, "expected"),
            .found = credits(json, "found"),
            .what = text(json, "what")};
}

Validity validity(const QString& name)
{
    for (const Validity value : {Validity::Valid, Validity::Invalid})
        if (nameOf(value) == name)
            return value;
    return Validity::Unknown; // what a later version says is not taken for a pass
}

InvariantResult invariant(const QJsonObject& json)
{
    return {.id = text(json, "id"),
            .name = text(json, "name"),
            .validity = validity(text(json, "verdict")),
            .checked = whole(json, "checked"),
            .violations = whole(json, "violations"),
            .examples = listOf(json, "examples", example)};
}

ThresholdResult threshold(const QJsonObject& json)
{
    return {.text = text(json, "text"),
            .met = json.value(QLatin1String("met")).toBool(),
            .value = number(json, "value")};
}

std::optional<Agreement> agreement(const QJsonValue& value)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject json = value.toObject();
    Agreement agreement{.users = whole(json, "users"),
                        .undecided = whole(json, "undecided"),
                        .brokenHere = whole(json, "brokenHere"),
                        .brokenByServer = whole(json, "brokenByServer"),
                        .disagreements = whole(json, "disagreements")};
    for (const QString& text : texts(json, "examples"))
        if (const auto id = UserId::from(text))
            agreement.examples.append(*id);
    return agreement;
}

ServerFacts server(const QJsonObject& json)
{
    return {.version = text(json, "version"),
            .database = text(json, "database"),
            .place = text(json, "place"),
            .synchronousCommit = text(json, "synchronous_commit"),
            .fsync = json.value(QLatin1String("fsync")).toBool(),
            .trackCommitTimestamp = json.value(QLatin1String("track_commit_timestamp")).toBool(),
            .maxConnections = int(whole(json, "max_connections"))};
}

std::optional<Verdict> verdictNamed(const QString& name)
{
    for (const Verdict verdict :
         {Verdict::Pass, Verdict::SloMiss, Verdict::Violated, Verdict::Unknown})
        if (nameOf(verdict) == name)
            return verdict;
    return std::nullopt;
}

/// The members no report is without.
FirstError missing(const QJsonObject& json)
{
    FirstError error;
    JsonMembers members(json, {}, error);
    if (members.has(QStringLiteral("runs")) || members.has(QStringLiteral("controls")))
        error = ScenarioError{.path = QStringLiteral("runs"),
                              .expected = QStringLiteral("the report of one run"),
                              .found = QStringLiteral("those of several")};
    if (!error && whole(json, "tallystick") != 1)
        members.refuse(QStringLiteral("tallystick"),
                       QStringLiteral("a report of schema version 1"));
    if (!verdictNamed(text(json, "verdict")))
        members.refuse(QStringLiteral("verdict"),
                       QStringLiteral("one of pass, sloMiss, violated, unknown"));
    for (const char* name : {"scenario", "outcomes", "throughput", "latencyMicros"})
        if (!members.isObject(QString::fromLatin1(name)))
            members.refuse(QString::fromLatin1(name), QStringLiteral("an object"));
    return error;
}

void fillOutcomes(Report& report, const QJsonObject& json)
{
    LiveSnapshot& live = report.live;
    live.outcomes = outcomes(json);
    live.refusedBy = countsByName(object(json, "refusedBy"));
    live.failedBy = countsByName(object(json, "failedBy"));
    live.doubtedBy = countsByName(object(json, "doubtedBy"));
    const QJsonObject byOperation = object(json, "byOperation");
    for (auto member = byOperation.begin(); member != byOperation.end(); ++member)
        report.byOperation.insert(member.key(), outcomes(member.value().toObject()));
}

void fillTimes(Report& report, const QJsonObject& json)
{
    report.response = percentiles(object(json, "response"));
    report.service = percentiles(object(json, "service"));
    report.lockWait = percentiles(object(json, "lockWait"));
    report.lag = percentiles(object(json, "lag"));
}

/// What the window's charts of a finished run show.
void fillLive(Report& report, const QJsonObject& json)
{
    LiveSnapshot& live = report.live;
    live.phase = LiveSnapshot::Phase::Finished;
    live.elapsedSeconds = report.seconds;
    live.response = report.response;
    live.lag = report.lag;
    live.series = listOf(json, "series", point);
    live.timeline = listOf(json, "timeline", entry);
    live.hottest = listOf(json, "balances", track);
}

Report filled(const QJsonObject& json, Scenario scenario)
{
    const QJsonObject check = object(json, "selfCheck");
    Report report;
    report.verdict = *verdictNamed(text(json, "verdict"));
    report.reasons = texts(json, "reasons");
    report.scenario = std::move(scenario);
    report.scenario.target.fault = faultNamed(text(json, "control"));
    report.operationsHash = text(json, "operationsHash");
    report.server = server(object(json, "server"));
    report.startedAt = Instant{
        QDateTime::fromString(text(json, "startedAt"), Qt::ISODateWithMs).toMSecsSinceEpoch() *
        1000};
    report.seconds = number(json, "seconds");
    report.attempts = whole(json, "attempts");
    report.okPerSecond = number(object(json, "throughput"), "okPerSecond");
    report.offeredPerSecond = number(object(json, "throughput"), "offeredPerSecond");
    report.selfCheck = {.roundTripMicros = whole(check, "roundTripMicros"),
                        .timerError = percentiles(object(check, "timerErrorMicros")),
                        .cpuPercent = number(check, "cpuPercent")};
    report.warnings = texts(json, "warnings");
    report.invariants = listOf(json, "invariants", invariant);
    report.agreement = agreement(json.value(QLatin1String("agreement")));
    report.thresholds = listOf(json, "thresholds", threshold);
    report.lockQueue = listOf(json, "lockQueue", wait);
    report.keptUsers = texts(json, "keptUsers");
    fillOutcomes(report, object(json, "outcomes"));
    fillTimes(report, object(json, "latencyMicros"));
    fillLive(report, json);
    return report;
}

} // namespace

bool isReport(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object().contains(QStringLiteral("tallystick"));
}

std::variant<Report, ScenarioError> parseReport(const QByteArray& json)
{
    QJsonParseError wrong;
    const QJsonDocument document = QJsonDocument::fromJson(json, &wrong);
    if (!document.isObject())
        return ScenarioError{.path = {},
                             .expected = QStringLiteral("the JSON report of a stress run"),
                             .found = wrong.error == QJsonParseError::NoError
                                          ? QStringLiteral("another JSON value")
                                          : wrong.errorString()};
    if (const FirstError error = missing(document.object()))
        return *error;
    auto scenario = parseScenario(QJsonDocument(object(document.object(), "scenario")).toJson());
    if (auto* error = std::get_if<ScenarioError>(&scenario)) {
        error->path = QStringLiteral("scenario.") + error->path;
        return *error;
    }
    return filled(document.object(), std::get<Scenario>(std::move(scenario)));
}

} // namespace tallystick
