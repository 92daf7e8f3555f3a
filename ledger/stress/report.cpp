// SPDX-License-Identifier: GPL-3.0-or-later
//! Names of verdicts and the JSON of a report.
#include "ledger/stress/report.h"

#include <QtCore/QJsonArray>

#include <algorithm>

namespace tallystick {

namespace {

QJsonValue toJson(const std::optional<Credits>& credits)
{
    return credits ? QJsonValue(credits->value()) : QJsonValue(QJsonValue::Null);
}

QJsonObject toJson(const QMap<QString, qint64>& counts)
{
    QJsonObject json;
    for (auto count = counts.begin(); count != counts.end(); ++count)
        json.insert(count.key(), count.value());
    return json;
}

QJsonObject toJson(const OutcomeCounts& counts)
{
    // "unknown" counts every operation whose outcome was ever unknown; it is applied, voided or
    // unresolved now.
    return {{QStringLiteral("issued"), counts.issued()},
            {QStringLiteral("ok"), counts.ok},
            {QStringLiteral("replayed"), counts.replayed},
            {QStringLiteral("refused"), counts.refused},
            {QStringLiteral("failed"), counts.failed},
            {QStringLiteral("unknown"), counts.unknown + counts.applied + counts.voided},
            {QStringLiteral("applied"), counts.applied},
            {QStringLiteral("voided"), counts.voided},
            {QStringLiteral("unresolved"), counts.unknown},
            {QStringLiteral("skipped"), counts.skipped},
            {QStringLiteral("unfinished"), counts.unfinished}};
}

QJsonObject toJson(const Percentiles& percentiles)
{
    QJsonObject json{{QStringLiteral("p50"), percentiles.p50},
                     {QStringLiteral("p95"), percentiles.p95},
                     {QStringLiteral("p99"), percentiles.p99},
                     {QStringLiteral("max"), percentiles.max},
                     {QStringLiteral("count"), percentiles.count}};
    json.insert(QStringLiteral("p999"), percentiles.count >= enoughForP999
                                            ? QJsonValue(percentiles.p999)
                                            : QJsonValue(QJsonValue::Null));
    return json;
}

QJsonObject toJson(const ServerFacts& server)
{
    return {{QStringLiteral("version"), server.version},
            {QStringLiteral("database"), server.database},
            {QStringLiteral("place"), server.place},
            {QStringLiteral("synchronous_commit"), server.synchronousCommit},
            {QStringLiteral("fsync"), server.fsync},
            {QStringLiteral("track_commit_timestamp"), server.trackCommitTimestamp},
            {QStringLiteral("max_connections"), server.maxConnections}};
}

QJsonObject toJson(const InvariantResult& result)
{
    QJsonArray examples;
    for (const Example& example : result.examples)
        examples.append(QJsonObject{{QStringLiteral("user"), example.user.text()},
                                    {QStringLiteral("key"), example.key.text()},
                                    {QStringLiteral("expected"), toJson(example.expected)},
                                    {QStringLiteral("found"), toJson(example.found)},
                                    {QStringLiteral("what"), example.what}});
    const QString first = result.examples.isEmpty() ? QString()
                                                    : QStringLiteral("%1 %2 %3")
                                                          .arg(result.examples.first().what,
                                                               result.examples.first().user.text(),
                                                               result.examples.first().key.text())
                                                          .trimmed();
    return {{QStringLiteral("id"), result.id},
            {QStringLiteral("name"), result.name},
            {QStringLiteral("verdict"), nameOf(result.validity)},
            {QStringLiteral("checked"), result.checked},
            {QStringLiteral("violations"), result.violations},
            {QStringLiteral("first"), first},
            {QStringLiteral("examples"), examples}};
}

QJsonValue toJson(const std::optional<Agreement>& agreement)
{
    if (!agreement)
        return QJsonValue::Null;
    QJsonArray examples;
    for (const UserId& user : agreement->examples)
        examples.append(user.text());
    return QJsonObject{{QStringLiteral("users"), agreement->users},
                       {QStringLiteral("undecided"), agreement->undecided},
                       {QStringLiteral("brokenHere"), agreement->brokenHere},
                       {QStringLiteral("brokenByServer"), agreement->brokenByServer},
                       {QStringLiteral("disagreements"), agreement->disagreements},
                       {QStringLiteral("examples"), examples}};
}

QJsonObject toJson(const SelfCheck& check)
{
    return {{QStringLiteral("roundTripMicros"), check.roundTripMicros},
            {QStringLiteral("timerErrorMicros"), toJson(check.timerError)},
            {QStringLiteral("cpuPercent"), check.cpuPercent}};
}

QJsonObject toJson(const SeriesPoint& point)
{
    return {{QStringLiteral("at"), point.atSeconds},
            {QStringLiteral("seconds"), point.bucketSeconds},
            {QStringLiteral("ok"), point.ok},
            {QStringLiteral("refused"), point.refused},
            {QStringLiteral("failed"), point.failed},
            {QStringLiteral("unknown"), point.unknown},
            {QStringLiteral("skipped"), point.skipped},
            {QStringLiteral("offered"), point.offered},
            {QStringLiteral("backlog"), point.backlog},
            {QStringLiteral("response"), toJson(point.response)},
            {QStringLiteral("lag"), toJson(point.lag)},
            {QStringLiteral("lockWait"), toJson(point.lockWait)},
            {QStringLiteral("work"), toJson(point.work)},
            {QStringLiteral("rest"), toJson(point.rest)},
            {QStringLiteral("waitingForLock"), point.waitingForLock},
            {QStringLiteral("waitingForCommit"), point.waitingForCommit},
            {QStringLiteral("active"), point.active},
            {QStringLiteral("idle"), point.idle}};
}

QJsonObject toJson(const TimelineEntry& entry)
{
    return {{QStringLiteral("worker"), entry.worker},
            {QStringLiteral("operation"), nameOf(entry.operation)},
            {QStringLiteral("user"), entry.user.text()},
            {QStringLiteral("key"), entry.key.text()},
            {QStringLiteral("amount"), entry.amount.value()},
            {QStringLiteral("sentMicros"), entry.sentMicros},
            {QStringLiteral("lockWaitMicros"), entry.anatomy.lockWaitMicros},
            {QStringLiteral("workMicros"), entry.anatomy.workMicros},
            {QStringLiteral("endMicros"), entry.endMicros},
            {QStringLiteral("outcome"), entry.outcome},
            {QStringLiteral("detail"), entry.detail},
            {QStringLiteral("balance"), toJson(entry.balance)}};
}

QJsonObject toJson(const BalanceTrack& track)
{
    QJsonArray points;
    for (const auto& [seconds, balance] : track.points)
        points.append(QJsonArray{seconds, balance.value()});
    return {{QStringLiteral("user"), track.user.text()},
            {QStringLiteral("operations"), track.operations},
            {QStringLiteral("points"), points}};
}

QJsonObject toJson(const LockWait& wait)
{
    return {{QStringLiteral("waiter"), wait.waiterName},
            {QStringLiteral("behind"), QJsonArray::fromStringList(wait.blockerNames)},
            {QStringLiteral("event"), wait.waitEvent},
            {QStringLiteral("waitedMicros"), wait.waitedMicros},
            {QStringLiteral("user"), wait.user ? QJsonValue(wait.user->text()) : QJsonValue()}};
}

template <class Rows>
QJsonArray listOf(const Rows& rows)
{
    QJsonArray json;
    for (const auto& row : rows)
        json.append(toJson(row));
    return json;
}

QJsonObject outcomesJson(const Report& report)
{
    QJsonObject outcomes = toJson(report.live.outcomes);
    QJsonObject byOperation;
    for (auto counts = report.byOperation.begin(); counts != report.byOperation.end(); ++counts)
        byOperation.insert(counts.key(), toJson(counts.value()));
    outcomes.insert(QStringLiteral("byOperation"), byOperation);
    outcomes.insert(QStringLiteral("refusedBy"), toJson(report.live.refusedBy));
    outcomes.insert(QStringLiteral("failedBy"), toJson(report.live.failedBy));
    outcomes.insert(QStringLiteral("doubtedBy"), toJson(report.live.doubtedBy));
    return outcomes;
}

QJsonArray thresholdsJson(const QList<ThresholdResult>& thresholds)
{
    QJsonArray json;
    for (const ThresholdResult& threshold : thresholds)
        json.append(QJsonObject{{QStringLiteral("text"), threshold.text},
                                {QStringLiteral("met"), threshold.met},
                                {QStringLiteral("value"), threshold.value}});
    return json;
}

} // namespace

QString nameOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass:
        return QStringLiteral("pass");
    case Verdict::SloMiss:
        return QStringLiteral("sloMiss");
    case Verdict::Violated:
        return QStringLiteral("violated");
    case Verdict::Unknown:
        return QStringLiteral("unknown");
    }
    Q_UNREACHABLE();
}

QString nameOf(Validity validity)
{
    switch (validity) {
    case Validity::Valid:
        return QStringLiteral("valid");
    case Validity::Invalid:
        return QStringLiteral("invalid");
    case Validity::Unknown:
        return QStringLiteral("unknown");
    }
    Q_UNREACHABLE();
}

bool failedAsNamed(const Report& report, const Control& control)
{
    return report.verdict == Verdict::Violated &&
           std::any_of(report.invariants.begin(), report.invariants.end(),
                       [&control](const InvariantResult& result) {
                           return result.validity == Validity::Invalid &&
                                  control.invariants.contains(result.id);
                       });
}

QJsonObject toJson(const Report& report)
{
    QJsonObject json{
        {QStringLiteral("tallystick"), 1},
        {QStringLiteral("verdict"), nameOf(report.verdict)},
        {QStringLiteral("reasons"), QJsonArray::fromStringList(report.reasons)},
        {QStringLiteral("model"),
         report.scenario.open ? QStringLiteral("open") : QStringLiteral("closed")},
        {QStringLiteral("scenario"), toJson(report.scenario)},
        {QStringLiteral("seed"), qint64(report.scenario.seed)},
        {QStringLiteral("operationsHash"), report.operationsHash},
        {QStringLiteral("server"), toJson(report.server)},
        {QStringLiteral("startedAt"), report.startedAt.utc().toString(Qt::ISODateWithMs)},
        {QStringLiteral("seconds"), report.seconds},
        {QStringLiteral("outcomes"), outcomesJson(report)},
        {QStringLiteral("attempts"), report.attempts},
        {QStringLiteral("throughput"),
         QJsonObject{{QStringLiteral("okPerSecond"), report.okPerSecond},
                     {QStringLiteral("offeredPerSecond"), report.offeredPerSecond}}},
        {QStringLiteral("latencyMicros"),
         QJsonObject{{QStringLiteral("response"), toJson(report.response)},
                     {QStringLiteral("service"), toJson(report.service)},
                     {QStringLiteral("lockWait"), toJson(report.lockWait)},
                     {QStringLiteral("lag"), toJson(report.lag)}}},
        {QStringLiteral("selfCheck"), toJson(report.selfCheck)},
        {QStringLiteral("warnings"), QJsonArray::fromStringList(report.warnings)},
        {QStringLiteral("invariants"), listOf(report.invariants)},
        {QStringLiteral("agreement"), toJson(report.agreement)},
        {QStringLiteral("thresholds"), thresholdsJson(report.thresholds)},
        {QStringLiteral("lockQueue"), listOf(report.lockQueue)},
        {QStringLiteral("timeline"), listOf(report.live.timeline)},
        {QStringLiteral("series"), listOf(report.live.series)},
        {QStringLiteral("balances"), listOf(report.live.hottest)},
        {QStringLiteral("faults"), QJsonArray()},
        {QStringLiteral("keptUsers"), QJsonArray::fromStringList(report.keptUsers)}};
    if (report.scenario.target.fault)
        json.insert(QStringLiteral("control"), nameOf(*report.scenario.target.fault));
    return json;
}

} // namespace tallystick
