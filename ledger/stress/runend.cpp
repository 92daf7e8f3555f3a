// SPDX-License-Identifier: GPL-3.0-or-later
//! The end of a run: quiesce, verdict, clean-up.
#include "ledger/stress/run.h"
#include "ledger/stress/verdict.h"

#include <algorithm>

namespace tallystick {

namespace {

constexpr int quiesceGraceMillis = 2'000;

} // namespace

void Run::quiesce()
{
    m_holder.reset();
    for (int tries = 0; tries < 2 && !m_isQuiet; ++tries) {
        Bench* const own = bench();
        if (!own)
            return;
        const Outcome quiet = own->quiesce(m_sessionPrefix, quiesceGraceMillis);
        m_isQuiet = quiet.ok();
        dropBenchAfter(quiet.failure());
    }
}

/// Again with a new session where the first was lost; without rows where there is none.
Judgement Run::judged()
{
    const QList<LockWait> lockQueue = m_recorder.lockQueue();
    for (int tries = 0; tries < 2 && m_isQuiet; ++tries) {
        Bench* const own = bench();
        if (!own)
            break;
        auto judgement = judge(m_plan, lockQueue, m_history, own);
        if (judgement)
            return *std::move(judgement);
        dropBenchAfter(judgement.failure());
    }
    auto judgement = judge(m_plan, lockQueue, m_history, nullptr);
    if (judgement)
        return *std::move(judgement);
    m_unread = *judgement.failure();
    return Trial(m_plan, lockQueue, false).judgement();
}

Report Run::conclude()
{
    m_recorder.enter(LiveSnapshot::Phase::Quiescing);
    quiesce();
    m_recorder.enter(LiveSnapshot::Phase::Checking);
    const Judgement judgement = judged();
    Report report{.scenario = m_scenario,
                  .operationsHash = m_plan.hash(),
                  .server = m_server,
                  .startedAt = m_startedAt,
                  .seconds = m_seconds,
                  .invariants = judgement.invariants,
                  .agreement = judgement.agreement,
                  .lockQueue = m_recorder.lockQueue(),
                  .chains = judgement.chains};
    settle(report, judgement);
    checkItself(report);
    weigh(report, judgement, cutShort(report.live.outcomes));
    if (isEarly() && !m_stop.stop_requested() && !m_control.breakdown())
        report.reasons.append(QStringLiteral("ended early: the history is full"));
    removeUsers(report);
    m_recorder.enter(LiveSnapshot::Phase::Finished);
    report.live = m_recorder.snapshot();
    return report;
}

bool Run::isEarly() const
{
    return m_scenario.seconds && m_seconds < *m_scenario.seconds;
}

/// What a run has left undone that ended before its time: no verdict may speak for it.
QStringList Run::cutShort(const OutcomeCounts& counts) const
{
    if (m_unread)
        return {QStringLiteral("the history could not be read: %1").arg(m_unread->text)};
    QStringList reasons;
    const auto breakdown = m_control.breakdown();
    if (breakdown)
        reasons.append(QStringLiteral("the history could not be kept: %1").arg(breakdown->text));
    const auto planned = m_plan.operations();
    const qint64 done = counts.issued() - counts.unfinished;
    if (planned && done < *planned && (breakdown || m_stop.stop_requested()))
        reasons.append(QStringLiteral("%1 of %2 operations were done").arg(done).arg(*planned));
    else if (isEarly() && (breakdown || m_stop.stop_requested()))
        reasons.append(QStringLiteral("stopped after %1 s of %2 s")
                           .arg(m_seconds, 0, 'f', 2)
                           .arg(*m_scenario.seconds));
    return reasons;
}

/// The counts of the whole history, with doubts resolved, take the place of the live ones.
void Run::settle(Report& report, const Judgement& judgement)
{
    if (!m_unread) {
        Q_ASSERT(judgement.counts.issued() == m_history.size());
        m_recorder.settle(judgement.counts, judgement.resolved);
    }
    report.byOperation = judgement.byOperation;
    report.attempts = judgement.attempts;
    report.live = m_recorder.snapshot();
    report.response = m_recorder.response();
    report.service = m_recorder.service();
    report.lockWait = m_recorder.lockWait();
    report.lag = m_recorder.lag();
    report.intervals = m_recorder.intervals();
    const OutcomeCounts& counts = report.live.outcomes;
    if (m_seconds > 0)
        report.okPerSecond = double(counts.ok + counts.replayed) / m_seconds;
    report.offeredPerSecond = offeredPerSecond(counts.issued());
}

/// Of an open run: what its schedule asked for, however long the answers took.
double Run::offeredPerSecond(qint64 issued) const
{
    const double lastSeconds = double(m_recorder.lastIntendedMicros()) / 1e6;
    if (m_schedule && issued > 1 && lastSeconds > 0)
        return double(issued - 1) / lastSeconds;
    return m_seconds > 0 ? double(issued) / m_seconds : 0;
}

void Run::checkItself(Report& report) const
{
    report.selfCheck = m_selfCheck;
    report.selfCheck.timerError = m_recorder.timerError();
    report.warnings = warningsOf(report, m_backlogAtEnd);
}

void Run::removeUsers(Report& report)
{
    bool areGone = false;
    if (!m_options.keepUsers)
        for (int tries = 0; tries < 2 && !areGone; ++tries)
            if (Bench* const own = bench()) {
                const Outcome removed = own->removeUsers(m_plan.users());
                areGone = removed.ok();
                dropBenchAfter(removed.failure());
            }
    if (areGone)
        return;
    for (const UserId& user : m_plan.users())
        report.keptUsers.append(user.text());
}

} // namespace tallystick
