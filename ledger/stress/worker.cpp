// SPDX-License-Identifier: GPL-3.0-or-later
//! Sends a plan's operations over one session and keeps their history.
#include "ledger/stress/worker.h"

#include <algorithm>
#include <type_traits>

namespace tallystick {

namespace {

using namespace std::chrono_literals;

constexpr int maxAttempts = 6;
constexpr std::chrono::microseconds firstBackoff = 5ms;
constexpr std::chrono::microseconds longestBackoff = 250ms;
constexpr quint64 jitterStream = 1'000'000; // far from the workers' own streams

/// Trouble of the kind that passes: the same operation, with the same key, is sent again.
bool mayRetry(const Failure& failure)
{
    return failure.mayRetry() || failure.kind == Failure::Kind::Unreachable;
}

std::optional<Credits> balanceAfter(const OperationRecord& record)
{
    const bool refusesOne = record.refusal && *record.refusal != Refusal::RefusedByStatement;
    const bool speaksOfOne = record.hasReceipt || record.hasRead || refusesOne;
    return speaksOfOne ? std::optional(record.balance) : std::nullopt;
}

} // namespace

Worker::Worker(const WorkerTask& task)
    : m_task(task)
    , m_curve(curveOf(task.plan.scenario()))
    , m_jitter(task.plan.scenario().seed, jitterStream + quint64(task.worker))
{
}

void Worker::run()
{
    m_task.control.arrive(openSession());
    if (!m_task.control.awaitStart())
        return;
    m_task.schedule ? runOpen() : runClosed();
    m_ledger.reset();
}

void Worker::runClosed()
{
    Plan::Stream stream(m_task.plan, m_task.worker);
    const std::chrono::milliseconds think(m_task.plan.scenario().thinkMillis);
    while (awaitOwnClient() && m_task.journal.size() < m_task.maxOperations && hasRoom()) {
        const auto planned = stream.next();
        if (!planned || !awaitTurn(*planned))
            break;
        perform(*planned, std::nullopt);
        if (think > 0s && !m_task.control.pause(think))
            break;
    }
}

void Worker::runOpen()
{
    const bool skips = m_task.plan.scenario().open->late == OpenLoad::Late::Skip;
    while (!m_task.control.isEnding() && hasRoom()) {
        const auto due = m_task.schedule->take();
        if (!due)
            break;
        const bool isFree = m_task.control.nowMicros() < due->micros;
        if (!m_task.control.awaitTime(due->micros)) {
            if (due->micros <= m_task.control.endedMicros())
                giveUp(*due, OperationOutcome::Unfinished);
            break;
        }
        const qint64 lag = m_task.control.nowMicros() - due->micros;
        if (skips && lag > m_task.schedule->turnMicros(due->micros)) {
            giveUp(*due, OperationOutcome::Skipped);
            continue;
        }
        if (const auto planned = m_task.plan.operation(due->ordinal, m_task.worker))
            perform(*planned, Turn{.intendedMicros = due->micros, .wasAwaited = isFree});
    }
}

bool Worker::awaitOwnClient()
{
    constexpr std::chrono::microseconds look = 5ms;
    while (!m_task.control.isEnding()) {
        if (m_curve.levelAt(double(m_task.control.nowMicros()) / 1e6) > m_task.worker)
            return true;
        if (!m_task.control.pause(look))
            break;
    }
    return false;
}

/// What is not certain to be remembered is not begun.
bool Worker::hasRoom()
{
    const Outcome room = m_task.journal.makeRoom();
    if (const Failure* const failure = room.failure())
        m_task.control.breakOff(*failure);
    return room.ok();
}

std::optional<Failure> Worker::openSession()
{
    auto opened = m_task.openTarget(m_task.plan.scenario().target, m_task.sessionName);
    if (opened) {
        m_ledger = *std::move(opened);
        return std::nullopt;
    }
    if (const Failure* failure = opened.failure())
        return *failure;
    return Failure{.kind = Failure::Kind::Unexpected, .statement = QStringLiteral("open")};
}

bool Worker::awaitTurn(const PlannedOperation& planned)
{
    const MixEntry& entry = m_task.plan.entryOf(planned);
    if (entry.delayMillis > 0 &&
        !m_task.control.pause(std::chrono::milliseconds(entry.delayMillis)))
        return false;
    return !entry.afterOthers || m_task.control.awaitOthers();
}

void Worker::perform(const PlannedOperation& planned, const std::optional<Turn>& turn)
{
    const MixEntry& entry = m_task.plan.entryOf(planned);
    const Command command = m_task.plan.commandFor(planned);
    const qint64 now = m_task.control.nowMicros();
    OperationRecord& record =
        m_task.journal.append({.planned = planned,
                               .intendedMicros = turn ? turn->intendedMicros : now,
                               .sentMicros = now,
                               .kind = entry.operation});
    m_anatomy = {};
    m_task.lane.write([&](LaneBuffer& buffer) {
        ++buffer.sent;
        if (m_task.hasTimeline)
            buffer.entries.push_back({planned.ordinal, timelineEntry(record)});
    });
    attemptUntilAnswered(record, command);
    record.endMicros = m_task.control.nowMicros();
    tell(record, turn && turn->wasAwaited);
    if (!entry.afterOthers)
        m_task.control.answeredBeforeOthers();
}

void Worker::giveUp(const Due& due, OperationOutcome outcome)
{
    const OperationRecord& record = m_task.journal.append(
        givenUp(m_task.plan, due, m_task.worker, outcome, m_task.control.nowMicros()));
    m_task.lane.write([](LaneBuffer& buffer) { ++buffer.sent; });
    tell(record, false);
}

void Worker::attemptUntilAnswered(OperationRecord& record, const Command& command)
{
    while (const auto failure = attempt(record, command)) {
        if (failure->needsNewSession())
            m_ledger.reset();
        if (failure->kind == Failure::Kind::WrongStatement)
            m_task.control.breakOff(*failure);
        if (!mayRetry(*failure) || record.attempts >= maxAttempts ||
            !m_task.control.pause(backoff(record.attempts)))
            return;
    }
}

/// One try; answers the failure when it was one.
std::optional<Failure> Worker::attempt(OperationRecord& record, const Command& command)
{
    ++record.attempts;
    if (!m_ledger) {
        if (auto failure = openSession()) {
            classify(record, Result<Receipt>(*failure), {});
            return failure;
        }
    }
    const auto settled = [this, &record](const auto& answer) {
        using Answer = std::remove_cvref_t<decltype(answer)>;
        if constexpr (std::is_same_v<Answer, Result<Receipt>>) {
            classify(record, answer, m_task.plan.rowKeyOf(record.planned));
            if (answer)
                m_anatomy = answer->anatomy;
        } else {
            classify(record, answer);
        }
        if (const RefusalWithFacts* const refusal = answer.refusal())
            m_anatomy = refusal->anatomy;
        const Failure* failure = answer.failure();
        return failure ? std::optional(*failure) : std::nullopt;
    };
    if (const auto* posting = std::get_if<Posting>(&command))
        return settled(m_ledger->post(*posting));
    if (const auto* reversal = std::get_if<Reversal>(&command))
        return settled(m_ledger->reverse(*reversal));
    if (const auto* activation = std::get_if<Activation>(&command))
        return settled(m_ledger->activate(*activation));
    return settled(m_ledger->balance(std::get<UserId>(command)));
}

std::chrono::microseconds Worker::backoff(int attempts)
{
    const auto doubled = std::min(longestBackoff, firstBackoff * (1 << (attempts - 1)));
    // Half to one and a half of it: sessions that collided must not meet again.
    const qint64 half = doubled.count() / 2;
    return std::chrono::microseconds(half + m_jitter.between(0, doubled.count()));
}

void Worker::tell(const OperationRecord& record, bool wasAwaited)
{
    m_task.lane.write([&](LaneBuffer& buffer) {
        buffer.samples.push_back({record, m_anatomy, wasAwaited});
        if (m_task.hasTimeline)
            buffer.entries.push_back({record.planned.ordinal, timelineEntry(record)});
    });
}

TimelineEntry Worker::timelineEntry(const OperationRecord& record) const
{
    TimelineEntry entry{.worker = m_task.worker,
                        .operation = record.kind,
                        .user = m_task.plan.userOf(record.planned),
                        .key = m_task.plan.rowKeyOf(record.planned),
                        .amount = record.planned.amount,
                        .sentMicros = record.sentMicros,
                        .endMicros = record.endMicros,
                        .anatomy = m_anatomy};
    entry.finished = record.outcome != OperationOutcome::Unfinished;
    if (!entry.finished)
        return entry;
    entry.outcome = nameOf(record.outcome);
    entry.detail = detailOf(record);
    entry.balance = balanceAfter(record);
    return entry;
}

OperationRecord givenUp(const Plan& plan, const Due& due, int worker, OperationOutcome outcome,
                        qint64 nowMicros)
{
    const PlannedOperation planned =
        plan.operation(due.ordinal, worker).value_or(PlannedOperation());
    return {.planned = planned,
            .intendedMicros = due.micros,
            .endMicros = nowMicros,
            .kind = plan.entryOf(planned).operation,
            .outcome = outcome};
}

} // namespace tallystick
