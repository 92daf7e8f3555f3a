// SPDX-License-Identifier: GPL-3.0-or-later
//! One run, from its users to its report.
#pragma once
#include "ledger/stress/engine.h"
#include "ledger/stress/judge.h"
#include "ledger/stress/recorder.h"
#include "ledger/stress/runcontrol.h"
#include "ledger/stress/schedule.h"

#include <QtCore/QThreadPool>

#include <ctime>

namespace tallystick {

/// What one worker's history may hold. The share of a run by number is never cut: its operations
/// are limited already.
[[nodiscard]] qint64 mostOperationsOfWorker(const Scenario& scenario);

/// Lives on the engine's thread for one call of execute().
class Run final
{
public:
    Run(const Scenario& scenario, const EngineOptions& options, const TargetOpener& openTarget,
        const BenchOpener& openBench, Recorder& recorder, std::stop_token stop);
    [[nodiscard]] Result<Report> execute();

private:
    [[nodiscard]] Outcome prepare();
    void launch();
    [[nodiscard]] Outcome holdLock();
    [[nodiscard]] Outcome letLoose();
    void watch();
    void watchBacklog(qint64 elapsedMicros);
    /// What was due and nobody sent.
    void closeSchedule();
    void endSoon();
    void releaseWhenQueued(qint64 elapsedMicros);
    void quiesce();
    [[nodiscard]] Judgement judged();
    [[nodiscard]] Report conclude();
    [[nodiscard]] std::optional<Failure> wrongStatement() const;
    [[nodiscard]] bool isEarly() const; ///< it was to take longer
    [[nodiscard]] QStringList cutShort(const OutcomeCounts& counts) const;
    void settle(Report& report, const Judgement& judgement);
    [[nodiscard]] double offeredPerSecond(qint64 issued) const;
    void checkItself(Report& report) const;
    void removeUsers(Report& report);
    /// The bench's session, opened anew when it was lost; null when that cannot be done.
    [[nodiscard]] Bench* bench();
    void dropBenchAfter(const Failure* failure);

    const Scenario& m_scenario;
    EngineOptions m_options;
    const TargetOpener& m_openTarget;
    const BenchOpener& m_openBench;
    Recorder& m_recorder;
    std::stop_token m_stop;
    QString m_runId;
    QString m_sessionPrefix;
    Plan m_plan;
    RunControl m_control;
    std::atomic<bool> m_isSampling = true;
    std::atomic<bool> m_samplerLeft = false;
    std::optional<Schedule> m_schedule; ///< of an open run
    History m_history;
    QThreadPool m_pool; ///< own: the global one has fewer threads than a start needs
    std::unique_ptr<Bench> m_bench;
    std::unique_ptr<Bench> m_holder; ///< holds a balance row's lock so that a queue forms
    ServerFacts m_server;
    Instant m_startedAt;
    std::clock_t m_startedCpu = 0;
    SelfCheck m_selfCheck;
    qint64 m_backlogAtEnd = 0;       ///< due and not sent when the last operation came due
    std::optional<Failure> m_unread; ///< why the history could not be read
    double m_seconds = 0;
    bool m_isQuiet = false; ///< no session of the run was left before the snapshot
};

} // namespace tallystick
