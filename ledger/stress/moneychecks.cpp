// SPDX-License-Identifier: GPL-3.0-or-later
//! Follows the money: R4, R5 and R6.
#include "ledger/stress/evidence.h"

#include <algorithm>

namespace tallystick {

namespace {

/// The invariant a finding of the audit belongs to.
enum class Home { Chain, Bounds, Undecided, Harmless };

Home homeOf(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Fork:
    case FindingKind::Gap:
    case FindingKind::Arithmetic:
    case FindingKind::CeilingLoss:
    case FindingKind::Tail:
    case FindingKind::Orphan:
    case FindingKind::SumMismatch:
    case FindingKind::NoBalanceRow:
    case FindingKind::Clock:
        return Home::Chain;
    case FindingKind::Negative:
    case FindingKind::OutOfRange:
    case FindingKind::RefundExceedsPayment:
        return Home::Bounds;
    case FindingKind::Unsequenced:
        return Home::Undecided;
    case FindingKind::DuplicateReward: // a conjecture from names; the plan knows every key
    case FindingKind::Clamped:
    case FindingKind::OutOfClockOrder:
        return Home::Harmless;
    }
    Q_UNREACHABLE();
}

Example exampleOf(const Finding& finding)
{
    return {.user = finding.user,
            .key = finding.rows.value(0),
            .expected = finding.expected,
            .found = finding.found,
            .what = nameOf(finding.kind).toLower()};
}

bool hasApplied(const UserEvidence& user)
{
    const auto records = user.records();
    return std::any_of(records.begin(), records.end(), [](const OperationRecord& record) {
        return record.kind != OperationKind::Read && didApply(record);
    });
}

/// What the history says was applied to a user; the row is asked where no receipt came through.
qint64 appliedTo(const UserEvidence& user)
{
    qint64 sum = 0;
    for (const OperationRecord& record : user.records()) {
        if (record.kind == OperationKind::Read || !didApply(record))
            continue;
        if (record.hasReceipt)
            sum += record.applied.value();
        else if (const ChainRow* const row = user.rowOf(record))
            sum += user.appliedBy(*row).value();
    }
    return sum;
}

/// The operation that wrote a row; null for rows that stood before.
const OperationRecord* writerOf(const UserEvidence& user, const TransactionKey& key)
{
    for (const OperationRecord* const record : user.recordsOf(key))
        if (didApply(*record))
            return record;
    return nullptr;
}

void checkCeiling(Finder& finder, const Evidence& evidence, const UserEvidence& user,
                  const ChainRow& row, Credits before)
{
    const OperationRecord* const writer = writerOf(user, row.key);
    if (!writer || !evidence.entryOf(*writer).ceiling || !row.runningBalance)
        return;
    const Credits ceiling = *evidence.entryOf(*writer).ceiling;
    Example example{.user = user.user(), .key = row.key, .found = row.runningBalance};
    if (*row.runningBalance < before) {
        example.expected = before;
        example.what = QStringLiteral("lowered");
        finder.violate(example);
    } else if (evidence.isForeign() ? *row.runningBalance > std::max(ceiling, before)
                                    : *row.runningBalance > ceiling || before >= ceiling) {
        // What lifts nothing at its ceiling is refused here; other ledgers may write such a row.
        example.expected = ceiling;
        example.what = QStringLiteral("aboveCeiling");
        finder.violate(example);
    }
}

/// Every row that goes below zero needs the permission of the very operation that wrote it.
void checkOverdraft(Finder& finder, const Evidence& evidence, const UserEvidence& user,
                    const ChainRow& row)
{
    const bool isBelow =
        row.amount.isNegative() && row.runningBalance && row.runningBalance->isNegative();
    if (!isBelow || row.reverses || row.type == TransactionType::Refund ||
        evidence.isOpeningKey(row.key))
        return;
    const Example example{.user = user.user(),
                          .key = row.key,
                          .expected = Credits(),
                          .found = row.runningBalance,
                          .what = QStringLiteral("negative")};
    if (user.isForeign(row.key)) {
        finder.doubt(example);
        return;
    }
    const auto records = user.recordsOf(row.key);
    const bool isAllowed =
        std::any_of(records.begin(), records.end(), [&](const OperationRecord* record) {
            return evidence.entryOf(*record).mayOverdraw || record->kind == OperationKind::Reverse;
        });
    if (!isAllowed)
        finder.violate(example);
}

/// Refunds by the history: a broken ledger need not have said which payment a row refunds.
void checkRefunds(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    QHash<TransactionKey, qint64> refunded;
    for (const OperationRecord& record : user.records()) {
        if (record.kind != OperationKind::Refund || !didApply(record))
            continue;
        const Command command = evidence.commandOf(record);
        const auto payment = std::get<Posting>(command).refundOf;
        const ChainRow* const row = user.rowOf(record);
        const ChainRow* const paid = payment ? user.row(*payment) : nullptr;
        if (!row || !paid)
            continue;
        finder.check();
        refunded[*payment] -= row->amount.value();
        if (refunded[*payment] > paid->amount.value())
            finder.violate({.user = user.user(),
                            .key = row->key,
                            .expected = paid->amount,
                            .found = Credits::of(refunded[*payment]),
                            .what = QStringLiteral("refundExceedsPayment")});
    }
}

} // namespace

void checkChain(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    const bool startsWithoutRow = !evidence.plan().scenario().users.balanceRow;
    finder.check();
    for (const Finding& finding : user.verdict().findings) {
        const Home home = homeOf(finding.kind);
        if (home == Home::Undecided)
            finder.doubt(exampleOf(finding));
        if (home != Home::Chain)
            continue;
        // Where nothing was posted to a user who began without a balance row, none is due.
        const bool isDue = !startsWithoutRow || hasApplied(user);
        if (finding.kind != FindingKind::NoBalanceRow || isDue)
            finder.violate(exampleOf(finding));
    }
}

void checkConservation(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    finder.check();
    const qint64 byHistory = evidence.openingBalance().value() + appliedTo(user);
    const qint64 byRows = user.verdict().computed.value();
    const qint64 stored = user.chain().storedBalance.value_or(user.verdict().computed).value();
    Example example{.user = user.user()};
    if (byRows != stored) {
        example.expected = Credits::of(byRows);
        example.found = Credits::of(stored);
        example.what = QStringLiteral("rowsAndBalance");
        finder.violate(example);
    } else if (byHistory != stored) {
        example.expected = Credits::of(byHistory);
        example.found = Credits::of(stored);
        example.what = QStringLiteral("historyAndBalance");
        user.isInDoubt() ? finder.doubt(example) : finder.violate(example);
    }
}

void Totals::add(const Evidence& evidence, const UserEvidence& user)
{
    byHistory += evidence.openingBalance().value() + appliedTo(user);
    byRows += user.verdict().computed.value();
    stored += user.chain().storedBalance.value_or(user.verdict().computed).value();
    isInDoubt = isInDoubt || user.isInDoubt();
}

void Totals::check(Finder& finder) const
{
    finder.check();
    const bool agree = byHistory == byRows && byRows == stored;
    if (!agree && finder.result().validity == Validity::Valid && !isInDoubt)
        finder.violate({.expected = Credits::of(byHistory),
                        .found = Credits::of(stored),
                        .what = QStringLiteral("totals")});
}

void checkBounds(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    for (const Finding& finding : user.verdict().findings) {
        // Who may go below zero is known better here: see checkOverdraft.
        if (homeOf(finding.kind) != Home::Bounds || finding.kind == FindingKind::Negative)
            continue;
        const bool isForeign = user.isForeign(finding.rows.value(0));
        isForeign ? finder.doubt(exampleOf(finding)) : finder.violate(exampleOf(finding));
    }
    Credits before;
    for (const ChainRow& row : user.chain().rows) {
        if (!row.active)
            continue;
        finder.check();
        checkOverdraft(finder, evidence, user, row);
        checkCeiling(finder, evidence, user, row, before);
        before = row.runningBalance.value_or(before);
    }
    checkRefunds(finder, evidence, user);
}

} // namespace tallystick
