// SPDX-License-Identifier: GPL-3.0-or-later
//! The verdict and its reasons.
#include "ledger/stress/verdict.h"

#include <algorithm>

namespace tallystick {

namespace {

/// \name Beyond these a run warns of itself
/// @{
constexpr double busyCpuPercent = 80;
constexpr qint64 lateTimerMicros = 10'000; ///< at the 99th percentile
constexpr qint64 behindPercent = 1;        ///< of all operations
/// @}

/// In the threshold's own measure: microseconds, or operations a second.
double measured(const Report& report, const QString& metric)
{
    if (metric == QLatin1String("throughput.ok"))
        return report.okPerSecond;
    const Percentiles& percentiles = metric.startsWith(QLatin1String("response")) ? report.response
                                     : metric.startsWith(QLatin1String("service"))
                                         ? report.service
                                         : report.lockWait;
    const QString which = metric.section(QLatin1Char('.'), 1);
    if (which == QLatin1String("p50"))
        return double(percentiles.p50);
    if (which == QLatin1String("p95"))
        return double(percentiles.p95);
    if (which == QLatin1String("p99"))
        return double(percentiles.p99);
    if (which == QLatin1String("p999") && percentiles.count >= 1'000)
        return double(percentiles.p999);
    return double(percentiles.max);
}

bool isMet(const Threshold& threshold, double value)
{
    switch (threshold.relation) {
    case Threshold::Relation::Less:
        return value < threshold.limit;
    case Threshold::Relation::LessOrEqual:
        return value <= threshold.limit;
    case Threshold::Relation::Greater:
        return value > threshold.limit;
    case Threshold::Relation::GreaterOrEqual:
        return value >= threshold.limit;
    }
    Q_UNREACHABLE();
}

/// The share of the slowest operations a percentile leaves aside.
double shareAbove(const QString& which)
{
    static const QMap<QString, double> shares{{QStringLiteral("p50"), 0.5},
                                              {QStringLiteral("p95"), 0.05},
                                              {QStringLiteral("p99"), 0.01},
                                              {QStringLiteral("p999"), 0.001}};
    return shares.value(which);
}

/// An operation that was due and never sent took longer than any limit: where there are more of
/// them than the percentile leaves aside, it is not met whatever was measured of the others.
bool isMissedByTheUnsent(const Threshold& threshold, const OutcomeCounts& counts)
{
    const qint64 unsent = counts.skipped + counts.unfinished;
    return threshold.metric.startsWith(QLatin1String("response")) &&
           double(unsent) >
               shareAbove(threshold.metric.section(QLatin1Char('.'), 1)) * double(counts.issued());
}

void measureThresholds(Report& report)
{
    for (const Threshold& threshold : report.scenario.thresholds) {
        const double value = measured(report, threshold.metric);
        const bool isTime = !threshold.metric.startsWith(QLatin1String("throughput"));
        report.thresholds.append({.text = threshold.text,
                                  .met = isMet(threshold, value) &&
                                         !isMissedByTheUnsent(threshold, report.live.outcomes),
                                  .value = isTime ? value / 1000 : value});
    }
}

QStringList reasonsOf(const Report& report, Validity validity)
{
    QStringList reasons;
    for (const InvariantResult& result : report.invariants)
        if (result.validity == validity)
            reasons.append(
                validity == Validity::Invalid
                    ? QStringLiteral("%1 %2: %3 violations")
                          .arg(result.id, result.name)
                          .arg(result.violations)
                    : QStringLiteral("%1 %2: cannot be decided").arg(result.id, result.name));
    return reasons;
}

/// A kind of operation that never got an answer says nothing about the ledger.
QStringList neverAnswered(const Report& report)
{
    QStringList reasons;
    QStringList kinds;
    for (const MixEntry& entry : report.scenario.mix)
        if (!kinds.contains(nameOf(entry.operation)))
            kinds.append(nameOf(entry.operation));
    for (const QString& kind : std::as_const(kinds)) {
        const OutcomeCounts counts = report.byOperation.value(kind);
        const qint64 answers = counts.ok + counts.replayed + counts.refused + counts.applied;
        if (answers == 0 && (counts.issued() > 0 || report.live.outcomes.issued() == 0))
            reasons.append(QStringLiteral("%1: never answered").arg(kind));
    }
    return reasons;
}

} // namespace

void weigh(Report& report, const Judgement& judgement, const QStringList& alsoUndecided)
{
    measureThresholds(report);
    const QStringList violated = reasonsOf(report, Validity::Invalid);
    QStringList undecided = reasonsOf(report, Validity::Unknown);
    if (report.live.outcomes.unknown > 0)
        undecided.append(
            QStringLiteral("unresolved operations: %1").arg(report.live.outcomes.unknown));
    // What failed though the server was there: nobody can say that the ledger would have done
    // right.
    if (judgement.failedThoughThere > 0)
        undecided.append(QStringLiteral("failed operations: %1").arg(judgement.failedThoughThere));
    if (!judgement.hasSnapshot)
        undecided.append(QStringLiteral("final reads incomplete"));
    const qint64 disagreements = judgement.agreement ? judgement.agreement->disagreements : 0;
    if (disagreements > 0)
        undecided.append(QStringLiteral("customers the two passes disagree about: %1; one of "
                                        "them is wrong, so neither speaks")
                             .arg(disagreements));
    undecided += neverAnswered(report);
    undecided += alsoUndecided;
    QStringList missed;
    for (const ThresholdResult& threshold : std::as_const(report.thresholds))
        if (!threshold.met)
            missed.append(QStringLiteral("threshold missed: %1").arg(threshold.text));
    // Passes that disagree are this tool's fault: it may not accuse the ledger then.
    const bool mayAccuse = disagreements == 0;
    report.verdict = !violated.isEmpty() && mayAccuse ? Verdict::Violated
                     : !undecided.isEmpty()           ? Verdict::Unknown
                     : !missed.isEmpty()              ? Verdict::SloMiss
                                                      : Verdict::Pass;
    report.reasons = (mayAccuse ? violated + undecided : undecided + violated) + missed;
}

QStringList warningsOf(const Report& report, qint64 backlogAtEnd)
{
    QStringList warnings;
    const OutcomeCounts& counts = report.live.outcomes;
    const qint64 behind = backlogAtEnd + counts.skipped;
    if (behind > std::max<qint64>(report.scenario.clients, counts.issued() * behindPercent / 100))
        warnings.append(QStringLiteral("offered load exceeds capacity"));
    if (report.selfCheck.cpuPercent > busyCpuPercent ||
        report.selfCheck.timerError.p99 > lateTimerMicros)
        warnings.append(QStringLiteral("the generator is the bottleneck"));
    return warnings;
}

} // namespace tallystick
