// SPDX-License-Identifier: GPL-3.0-or-later
//! Users, start and watch.
#include "ledger/stress/run.h"

#include "ledger/stress/jsonmembers.h"
#include "ledger/stress/sampler.h"
#include "ledger/stress/threadpriority.h"
#include "ledger/stress/worker.h"

#include <QtConcurrent/QtConcurrentRun>
#include <QtCore/QUuid>

#include <algorithm>
#include <thread>

namespace tallystick {

namespace {

using namespace std::chrono_literals;

/// The bench, the sampler, the holder, one for resolving doubts, and those a server keeps for its
/// owner.
constexpr int sparedConnections = 8;
constexpr qint64 stopGraceMicros = 600'000;       ///< then sessions that still wait are ended
constexpr qint64 deadlineGraceMicros = 5'000'000; ///< after the planned end of a timed run
constexpr qint64 longestQueueingMicros = 5'000'000;

QString newRunId()
{
    return QUuid::createUuid().toString(QUuid::Id128).left(10);
}

} // namespace

qint64 mostOperationsOfWorker(const Scenario& scenario)
{
    const qint64 all = scenario.operations.value_or(maxOperations);
    const qint64 sessions = sessionsOf(scenario);
    return (all + sessions - 1) / sessions;
}

Run::Run(const Scenario& scenario, const EngineOptions& options, const TargetOpener& openTarget,
         const BenchOpener& openBench, Recorder& recorder, std::stop_token stop)
    : m_scenario(scenario)
    , m_options(options)
    , m_openTarget(openTarget)
    , m_openBench(openBench)
    , m_recorder(recorder)
    , m_stop(std::move(stop))
    , m_runId(newRunId())
    , m_sessionPrefix(QStringLiteral("tallystick-stress/%1/").arg(m_runId))
    , m_plan(scenario, m_runId)
    , m_control(sessionsOf(scenario), m_plan.operationsBeforeOthers())
    , m_history(sessionsOf(scenario))
{
    if (scenario.open)
        m_schedule.emplace(m_plan);
    // Every worker waits at the start for all the others: one thread too few and nobody starts.
    m_pool.setMaxThreadCount(sessionsOf(scenario) + 2);
}

Result<Report> Run::execute()
{
    m_recorder.prepare(m_plan);
    if (Outcome prepared = prepare(); !prepared)
        return prepared.error();
    launch();
    Outcome loose = letLoose();
    if (loose)
        watch();
    else
        m_control.callOff();
    while (m_control.running() > 0)
        std::this_thread::sleep_for(1ms);
    m_isSampling = false;
    while (!m_samplerLeft)
        std::this_thread::sleep_for(1ms);
    m_recorder.collect();
    if (!loose) {
        Report unused;
        removeUsers(unused);
        return loose.error();
    }
    closeSchedule();
    if (const auto wrong = wrongStatement()) {
        quiesce();
        Report unused;
        removeUsers(unused);
        return *wrong;
    }
    return conclude();
}

/// What was found wrong with the user's own SQL while it ran: no verdict can be made of that.
std::optional<Failure> Run::wrongStatement() const
{
    const auto breakdown = m_control.breakdown();
    const bool isWrong = breakdown && breakdown->kind == Failure::Kind::WrongStatement;
    return isWrong ? breakdown : std::nullopt;
}

Outcome Run::prepare()
{
    auto opened = m_openBench();
    if (!opened)
        return opened.error();
    m_bench = *std::move(opened);
    const auto server = m_bench->server();
    if (!server)
        return server.error();
    m_server = *server;
    if (!m_server.isLab)
        return Failure{.kind = Failure::Kind::NoLabMarker, .statement = QStringLiteral("stress")};
    const int sessions = sessionsOf(m_scenario);
    if (sessions + sparedConnections > m_server.maxConnections)
        return Failure{.kind = Failure::Kind::ServerFull,
                       .statement = QStringLiteral("stress"),
                       .text = QStringLiteral("%1 clients need max_connections of at least %2, "
                                              "the server has %3")
                                   .arg(sessions)
                                   .arg(sessions + sparedConnections)
                                   .arg(m_server.maxConnections)};
    const auto roundTrip = m_bench->roundTripMicros();
    if (!roundTrip)
        return roundTrip.error();
    m_selfCheck.roundTripMicros = *roundTrip;
    // The user's own SQL is prepared once before anything is made: nothing is run of a wrong one.
    if (m_scenario.target.way == Way::Statements)
        if (const auto trial =
                m_openTarget(m_scenario.target, m_sessionPrefix + QStringLiteral("trial"));
            !trial)
            return trial.error();
    return m_bench->createUsers(m_plan.benchUsers());
}

/// Workers and sampler, each on a thread of its own, each opening its session there.
void Run::launch()
{
    const auto interval = m_recorder.hasTimeline() ? 3ms : 100ms;
    for (int number = 0; number < sessionsOf(m_scenario); ++number) {
        const WorkerTask task{.plan = m_plan,
                              .worker = number,
                              .sessionName = m_sessionPrefix + QStringLiteral("w%1").arg(number),
                              .openTarget = m_openTarget,
                              .control = m_control,
                              .schedule = m_schedule ? &*m_schedule : nullptr,
                              .journal = m_history.journal(number),
                              .lane = m_recorder.lane(number),
                              .hasTimeline = m_recorder.hasTimeline(),
                              .maxOperations = mostOperationsOfWorker(m_scenario)};
        auto body = [task, standsBack = m_options.standsBack] {
            if (standsBack)
                lowerThreadPriority();
            Worker(task).run();
            task.control.leave();
        };
        const QFuture<void> unwatched = QtConcurrent::run(&m_pool, std::move(body));
        Q_UNUSED(unwatched) // never waited for: that would run a worker on this thread
    }
    auto sampling = [this, interval] {
        sampleUntilTold({.openBench = m_openBench,
                         .sessionPrefix = m_sessionPrefix,
                         .recorder = m_recorder,
                         .interval = interval,
                         .isSampling = m_isSampling});
        m_samplerLeft = true;
    };
    const QFuture<void> unwatched = QtConcurrent::run(&m_pool, std::move(sampling));
    Q_UNUSED(unwatched)
}

Outcome Run::holdLock()
{
    if (m_scenario.holdLockMillis == 0)
        return Done{};
    auto opened = m_openBench();
    if (!opened)
        return opened.error();
    m_holder = *std::move(opened);
    return m_holder->holdLock(m_plan.users().first());
}

Outcome Run::letLoose()
{
    m_control.awaitArrivals();
    if (const auto trouble = m_control.trouble())
        return *trouble;
    if (Outcome held = holdLock(); !held)
        return held;
    m_startedAt = Instant::now();
    m_startedCpu = std::clock();
    const auto zero = std::chrono::steady_clock::now();
    m_recorder.start(zero);
    m_control.start(zero);
    return Done{};
}

/// Until every worker has left: collects, and ends the run when its time is over or it is told to.
void Run::watch()
{
    const auto pace = m_recorder.hasTimeline() ? 2ms : 50ms;
    const qint64 deadline =
        m_scenario.seconds ? qint64(*m_scenario.seconds * 1e6) : std::numeric_limits<qint64>::max();
    std::optional<qint64> endBy;
    while (m_control.running() > 0) {
        const qint64 elapsed = m_control.nowMicros();
        releaseWhenQueued(elapsed);
        watchBacklog(elapsed);
        if (m_stop.stop_requested()) {
            m_control.end();
            endBy = std::min(endBy.value_or(elapsed + stopGraceMicros), elapsed + stopGraceMicros);
        } else if (elapsed >= deadline && !endBy) {
            m_control.end();
            endBy = elapsed + deadlineGraceMicros;
        }
        if (endBy && elapsed >= *endBy) {
            endSoon();
            endBy = elapsed + deadlineGraceMicros;
        }
        m_recorder.collect();
        std::this_thread::sleep_for(pace);
    }
    // The schedule of an open run by time lasts until that is over, also after its last arrival.
    while (m_schedule && m_scenario.seconds && !m_stop.stop_requested() && !m_control.isEnding() &&
           m_control.nowMicros() < deadline)
        std::this_thread::sleep_for(pace);
    m_seconds = double(m_control.nowMicros()) / 1e6;
    m_control.end();
    const double cpuSeconds = double(std::clock() - m_startedCpu) / CLOCKS_PER_SEC;
    m_selfCheck.cpuPercent =
        100 * cpuSeconds / m_seconds / std::max(1U, std::thread::hardware_concurrency());
}

void Run::watchBacklog(qint64 elapsedMicros)
{
    if (!m_schedule || m_control.isEnding())
        return;
    const qint64 backlog = m_schedule->backlog(elapsedMicros);
    m_recorder.addBacklog(backlog);
    if (!m_schedule->isOver(elapsedMicros))
        m_backlogAtEnd = backlog;
}

void Run::closeSchedule()
{
    if (!m_schedule)
        return;
    const qint64 end = m_control.endedMicros();
    Journal& journal = m_history.untaken();
    bool hasRoom = true;
    for (auto due = m_schedule->take(); due && due->micros <= end; due = m_schedule->take()) {
        if (const Outcome room = hasRoom ? journal.makeRoom() : Outcome(Done{}); !room) {
            m_control.breakOff(*room.failure());
            hasRoom = false; // kept in memory then: they were due and have to be counted
        }
        m_recorder.addUntaken(
            journal.append(givenUp(m_plan, *due, 0, OperationOutcome::Unfinished, end)));
    }
    m_recorder.collect();
}

/// Whoever still waits for the server is cut off there; the outcome is then resolved as doubt.
void Run::endSoon()
{
    m_holder.reset();
    if (Bench* const own = bench()) {
        const Outcome ended = own->quiesce(m_sessionPrefix, 0);
        dropBenchAfter(ended.failure());
    }
}

/// The holder lets go when its time is over and the sampler has seen everybody in the queue.
void Run::releaseWhenQueued(qint64 elapsedMicros)
{
    if (!m_holder || elapsedMicros < qint64(m_scenario.holdLockMillis) * 1'000)
        return;
    const bool isComplete = m_recorder.waitersSeen() >= sessionsOf(m_scenario);
    if (!isComplete && elapsedMicros < longestQueueingMicros)
        return;
    const Outcome released = m_holder->releaseLock();
    Q_UNUSED(released) // dropping the session releases it as well
    m_holder.reset();
}

Bench* Run::bench()
{
    for (int tries = 0; !m_bench && tries < 10; ++tries) {
        if (auto opened = m_openBench())
            m_bench = *std::move(opened);
        else
            std::this_thread::sleep_for(m_stop.stop_requested() ? 20ms : 200ms);
    }
    return m_bench.get();
}

void Run::dropBenchAfter(const Failure* failure)
{
    if (failure && failure->needsNewSession())
        m_bench.reset();
}

} // namespace tallystick
