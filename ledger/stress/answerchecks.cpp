// SPDX-License-Identifier: GPL-3.0-or-later
//! Holds what was answered against what stands: R1, R2, R3, R7 and R11.
#include "ledger/stress/evidence.h"

#include <algorithm>

namespace tallystick {

namespace {

bool wasAcknowledged(const OperationRecord& record)
{
    return didApply(record) || record.outcome == OperationOutcome::Replayed;
}

/// What the row must be like, as far as the command says it.
struct Wanted
{
    std::optional<TransactionType> type;
    std::optional<Credits> requested;
};

Wanted wantedOf(const Evidence& evidence, const OperationRecord& record)
{
    const Command command = evidence.commandOf(record);
    if (const auto* posting = std::get_if<Posting>(&command))
        return {.type = posting->type, .requested = posting->amount};
    return {};
}

/// Zero spends write nothing.
bool writesRow(const OperationRecord& record, const Wanted& wanted)
{
    return record.kind != OperationKind::Read &&
           !(wanted.type == TransactionType::Usage && wanted.requested == Credits());
}

/// A session was lost over it, or none could be had: the server may have gone down.
bool sawTheServerGo(const OperationRecord& record)
{
    using Kind = Failure::Kind;
    return record.wasDoubted || record.failureKind == Kind::Unreachable ||
           record.failureKind == Kind::SessionLost || record.failureKind == Kind::OutcomeUnknown;
}

} // namespace

void checkNoLostAcknowledgement(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    for (const OperationRecord& record : user.records()) {
        if (!wasAcknowledged(record))
            continue;
        const Wanted wanted = wantedOf(evidence, record);
        if (!writesRow(record, wanted))
            continue;
        finder.check();
        const ChainRow* const row = user.rowOf(record);
        if (!row || !row->active) {
            finder.violate(evidence.exampleOf(record, "lost"));
            continue;
        }
        const Credits requested = row->requested.value_or(row->amount);
        if ((wanted.type && *wanted.type != row->type) ||
            (wanted.requested && *wanted.requested != requested &&
             !evidence.mayBeCut(record, *row))) {
            Example example = evidence.exampleOf(record, "differs");
            example.expected = wanted.requested;
            example.found = requested;
            finder.violate(example);
        }
    }
}

void checkNoGhost(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    for (const ChainRow& row : user.chain().rows) {
        finder.check();
        if (evidence.isOpeningKey(row.key) || (evidence.isPreparedKey(row.key) && !row.active))
            continue;
        const auto records = user.recordsOf(row.key);
        if (records.empty()) {
            finder.doubt({.user = user.user(),
                          .key = row.key,
                          .found = row.amount,
                          .what = QStringLiteral("foreign")});
            continue;
        }
        const bool isExplained =
            std::any_of(records.begin(), records.end(), [](const OperationRecord* record) {
                return wasAcknowledged(*record) || record->outcome == OperationOutcome::Unknown ||
                       (record->outcome == OperationOutcome::Unfinished && record->wasSent());
            });
        if (!isExplained) {
            Example example = evidence.exampleOf(*records.front(), "ghost");
            example.found = row.amount;
            finder.violate(example);
        }
    }
}

void checkExactlyOnce(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    for (const ChainRow* const row : user.duplicates())
        finder.violate({.user = user.user(), .key = row->key, .what = QStringLiteral("twice")});
    QHash<TransactionKey, qint64> reversals;
    for (const ChainRow& row : user.chain().rows) {
        finder.check();
        if (row.reverses && ++reversals[*row.reverses] == 2)
            finder.violate(
                {.user = user.user(), .key = row.key, .what = QStringLiteral("reversedTwice")});
    }
    for (const TransactionKey& key : user.sharedKeys()) {
        qint64 applied = 0;
        for (const OperationRecord* const record : user.recordsOf(key))
            if (didApply(*record) && ++applied > 1)
                finder.violate(evidence.exampleOf(*record, "twice"));
    }
    for (const OperationRecord& record : user.records()) {
        if (record.outcome != OperationOutcome::Replayed || !record.hasReceipt)
            continue;
        const ChainRow* const row = user.rowOf(record);
        if (row &&
            (record.sequence != row->sequence.value_or(0) || record.applied != row->amount)) {
            Example example = evidence.exampleOf(record, "replayDiffers");
            example.expected = row->amount;
            example.found = record.applied;
            finder.violate(example);
        }
    }
}

void checkReplies(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    for (const OperationRecord& record : user.records()) {
        const ChainRow* const row = user.rowOf(record);
        const bool saysBalance = record.hasRead && record.kind != OperationKind::Read;
        if (!(record.hasReceipt || saysBalance) || !row || !wasAcknowledged(record))
            continue; // a missing row is R1's matter
        finder.check();
        if (saysBalance) {
            if (row->runningBalance && record.balance != *row->runningBalance) {
                Example example = evidence.exampleOf(record, "differs");
                example.expected = row->runningBalance;
                example.found = record.balance;
                finder.violate(example);
            }
            continue;
        }
        if (record.applied != row->amount) {
            Example example = evidence.exampleOf(record, "differs");
            example.expected = row->amount;
            example.found = record.applied;
            finder.violate(example);
        } else if (row->runningBalance && record.balance != *row->runningBalance) {
            Example example = evidence.exampleOf(record, "differs");
            example.expected = row->runningBalance;
            example.found = record.balance;
            finder.violate(example);
        } else if (record.namesOtherKey || record.sequence != row->sequence.value_or(0) ||
                   record.at != row->createdAt) {
            finder.violate(evidence.exampleOf(record, "differs"));
        }
    }
}

void checkDurability(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    const auto records = user.records();
    if (std::none_of(records.begin(), records.end(), sawTheServerGo))
        return;
    for (const OperationRecord& record : records) {
        // What was in doubt had no acknowledgement to lose.
        if (record.outcome != OperationOutcome::Ok && record.outcome != OperationOutcome::Replayed)
            continue;
        if (!writesRow(record, wantedOf(evidence, record)))
            continue;
        finder.check();
        const ChainRow* const row = user.rowOf(record);
        if (!row || !row->active)
            finder.violate(evidence.exampleOf(record, "lost"));
    }
}

} // namespace tallystick
