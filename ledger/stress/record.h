// SPDX-License-Identifier: GPL-3.0-or-later
//! What became of one operation, in few bytes.
#pragma once
#include "ledger/stress/plan.h"

#include <array>
#include <type_traits>

namespace tallystick {

/// Exactly one for every operation.
enum class OperationOutcome : quint8 {
    Unfinished, ///< not answered (yet), or due and never sent
    Ok,
    Replayed,
    Refused,
    Failed,  ///< certainly not applied
    Unknown, ///< may have been applied
    Applied, ///< was unknown; the ledger says it stands
    Voided,  ///< was unknown; the ledger says it does not
    Skipped  ///< its turn was past before it could be sent
};
/// "ok", "replayed", …
[[nodiscard]] QString nameOf(OperationOutcome outcome);

/// Written before the operation is sent, completed by the same worker. Times in microseconds since
/// the run began, on one monotonic clock. User, key and command follow from the plan.
struct OperationRecord
{
    static constexpr qint64 neverSent = -1;

    PlannedOperation planned;
    qint64 intendedMicros = 0;
    qint64 sentMicros = neverSent; ///< for the first time
    qint64 endMicros = 0;          ///< answered or given up

    Credits applied;     ///< by its receipt
    Credits balance;     ///< which its receipt, its refusal or its read speaks of
    Instant at;          ///< of its receipt
    qint64 sequence = 0; ///< of its receipt; 0: none

    OperationKind kind = OperationKind::Read;
    OperationOutcome outcome = OperationOutcome::Unfinished;
    bool hasReceipt = false;
    bool hasRead = false;       ///< its answer is a balance and says nothing else
    bool namesOtherKey = false; ///< its receipt is for another key than was asked for
    bool wasDoubted = false;    ///< an attempt's outcome was unknown: it may count since then
    quint8 attempts = 0;        ///< transactions sent for it
    std::optional<Refusal> refusal;
    std::optional<Failure::Kind> failureKind; ///< of the last attempt that failed
    std::array<char, 5> sqlState{};           ///< of that failure; zeros where there was none

    [[nodiscard]] bool wasSent() const { return sentMicros != neverSent; }
};
static_assert(std::is_trivially_copyable_v<OperationRecord>); // it is written to files as it is
static_assert(sizeof(OperationRecord) == 96);

/// The operation's row stands in the ledger because of this operation.
[[nodiscard]] bool didApply(const OperationRecord& record);
/// The server was away, full or told to stop: this says nothing about the ledger's rules.
[[nodiscard]] bool wasUnavailable(const OperationRecord& record);
/// SQLSTATE where the server sent one, else the failure's kind; empty where nothing failed.
[[nodiscard]] QString failureName(const OperationRecord& record);

/// The name of the refusal or failure it ended with; empty where it succeeded.
[[nodiscard]] QString detailOf(const OperationRecord& record);

/// What an attempt's answer means. \a key: of the row that was asked for.
/// @{
void classify(OperationRecord& record, const Result<Receipt>& answer, const TransactionKey& key);
void classify(OperationRecord& record, const Result<Balance>& answer);
/// @}

} // namespace tallystick
