// SPDX-License-Identifier: GPL-3.0-or-later
//! One session's part of the attack.
#pragma once
#include "ledger/stress/history.h"
#include "ledger/stress/lane.h"
#include "ledger/stress/runcontrol.h"
#include "ledger/stress/schedule.h"

namespace tallystick {

/// What a worker is given. All of it outlives the worker.
struct WorkerTask
{
    const Plan& plan;
    int worker;
    QString sessionName;
    const TargetOpener& openTarget;
    RunControl& control;
    Schedule* schedule; ///< of an open run; null: the run is closed
    Journal& journal;
    Lane& lane;
    bool hasTimeline;
    qint64 maxOperations; ///< of this worker, however long it may run
};

/// Made, run and dropped on one thread: its session lives there.
class Worker final
{
public:
    explicit Worker(const WorkerTask& task);
    /// Opens the session, waits for the start, works until the plan or the time is over.
    void run();

private:
    /// When an operation of an open run was due, and whether this session was free then.
    struct Turn
    {
        qint64 intendedMicros = 0;
        bool wasAwaited = false;
    };
    void runClosed();
    void runOpen();
    /// False when this worker is not wanted any more.
    [[nodiscard]] bool awaitOwnClient();
    [[nodiscard]] bool hasRoom();
    [[nodiscard]] bool awaitTurn(const PlannedOperation& planned);
    void perform(const PlannedOperation& planned, const std::optional<Turn>& turn);
    void giveUp(const Due& due, OperationOutcome outcome);
    void attemptUntilAnswered(OperationRecord& record, const Command& command);
    [[nodiscard]] std::optional<Failure> attempt(OperationRecord& record, const Command& command);
    [[nodiscard]] std::optional<Failure> openSession();
    [[nodiscard]] std::chrono::microseconds backoff(int attempts);
    void tell(const OperationRecord& record, bool wasAwaited);
    [[nodiscard]] TimelineEntry timelineEntry(const OperationRecord& record) const;

    WorkerTask m_task;
    LoadCurve m_curve;
    Random m_jitter; ///< apart from the plan's numbers: waiting must not change what is done
    std::unique_ptr<Ledger> m_ledger;
    Anatomy m_anatomy; ///< of the newest answer
};

/// The record of an operation of an open run that was due and is not sent any more.
[[nodiscard]] OperationRecord givenUp(const Plan& plan, const Due& due, int worker,
                                      OperationOutcome outcome, qint64 nowMicros);

} // namespace tallystick
