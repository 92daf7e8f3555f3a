// SPDX-License-Identifier: GPL-3.0-or-later
//! One linear pass over rows whose order is given.
#include "ledger/audit/chainwalk.h"

#include <algorithm>

namespace tallystick {

namespace {

/// A lost update starts from a balance that was left a moment before: so many concurrent rows
/// back it is looked for.
constexpr std::size_t forkReach = 512;
constexpr std::size_t staleReach = 64; ///< the same by balances alone, which also meet by chance

} // namespace

ChainWalk::ChainWalk(const Chain& chain, const Course& course)
    : m_chain(chain)
    , m_course(course)
    , m_rows(course.rows)
    , m_balance(course.opening)
{
}

QList<Finding> ChainWalk::findings()
{
    for (std::size_t index = 0; index < m_rows.size(); ++index)
        step(index);
    finish();
    return m_findings;
}

Finding& ChainWalk::report(FindingKind kind, qint64 credits, const QList<TransactionKey>& rows)
{
    m_findings.append(Finding{.kind = kind,
                              .user = m_chain.user,
                              .rows = rows,
                              .credits = Credits::of(std::abs(credits))});
    return m_findings.last();
}

void ChainWalk::step(std::size_t index)
{
    const ChainRow& row = *m_rows[index];
    const qint64 amount = row.amount.value();
    const qint64 number = isNumbered() ? *row.sequence : qint64(index) + 1;
    const qint64 missing = number - std::exchange(m_sequence, number) - 1;
    if (!row.runningBalance) {
        report(FindingKind::Arithmetic, amount, {row.key}).found = row.amount;
        m_balance += amount;
        return;
    }
    const qint64 start = startOf(row);
    if (missing > 0) {
        QList<TransactionKey> rows{row.key};
        if (index > 0)
            rows.append(m_rows[index - 1]->key);
        Finding& finding = report(FindingKind::Gap, start - m_balance, rows);
        finding.expected = Credits::of(m_balance);
        finding.found = Credits::of(start);
        finding.count = missing;
        m_balance = row.runningBalance->value();
        return;
    }
    if (start != m_balance) {
        if (m_course.clamps && m_course.clamps->explains(row, m_balance))
            clamp(row);
        else
            classify(index, start);
        return;
    }
    if (missing < 0)
        report(FindingKind::Unsequenced, amount, {row.key, m_rows[index - 1]->key});
    m_balance = row.runningBalance->value();
    checkSoundRow(row);
}

void ChainWalk::clamp(const ChainRow& row)
{
    const qint64 applied = row.runningBalance->value() - m_balance;
    Finding& finding = report(FindingKind::Clamped, row.amount.value() - applied, {row.key});
    finding.expected = row.amount;
    finding.found = Credits::of(applied);
    m_cutAway += row.amount.value() - applied;
    m_balance = row.runningBalance->value();
}

void ChainWalk::classify(std::size_t index, qint64 start)
{
    const ChainRow& row = *m_rows[index];
    const qint64 amount = row.amount.value();
    const qint64 end = start + amount;
    const qint64 moved = end - m_balance;
    const auto next = nextStart(index);
    const ChainRow* const twin = forkedFrom(index, start);
    if (next && *next != end && *next == m_balance + amount) {
        // The next row goes on from where this one should have ended: its balance was edited.
        Finding& finding = report(FindingKind::Arithmetic, moved - amount, {row.key});
        finding.expected = Credits::of(moved);
        finding.found = row.amount;
        m_balance += amount;
        return;
    }
    if (twin) {
        Finding& finding = report(FindingKind::Fork, m_balance - start, {row.key, twin->key});
        finding.expected = Credits::of(m_balance);
        finding.found = Credits::of(start);
    } else if (row.type == TransactionType::TopUp && amount > 0 && moved < 0) {
        Finding& finding = report(FindingKind::CeilingLoss, moved, {row.key});
        finding.expected = Credits::of(m_balance);
        finding.found = Credits::of(end);
    } else if (isNumbered() && (!next || *next == end)) {
        // No row is missing before it, by its number: so it is this one that is wrong.
        Finding& finding = report(FindingKind::Arithmetic, moved - amount, {row.key});
        finding.expected = Credits::of(moved);
        finding.found = row.amount;
    } else {
        Finding& finding = report(FindingKind::Gap, start - m_balance, {row.key});
        finding.expected = Credits::of(m_balance);
        finding.found = Credits::of(start);
    }
    m_balance = end;
}

/// The earlier row whose update was lost or lost this one: it starts from the same balance.
const ChainRow* ChainWalk::forkedFrom(std::size_t index, qint64 start) const
{
    const std::size_t reach = std::min(index, forkReach);
    for (std::size_t back = 1; back <= reach; ++back) {
        const ChainRow& earlier = *m_rows[index - back];
        if (earlier.runningBalance && !earlier.amount.isZero() && startOf(earlier) == start)
            return &earlier;
    }
    // The balance it saw need not have been the start of any other row: who came next may have seen
    // an older one. Without true times a balance seen before says nothing.
    const std::size_t near = m_course.proof == Proof::CommitTime ? std::min(index, staleReach) : 0;
    for (std::size_t back = 2; back <= near; ++back) {
        const ChainRow& earlier = *m_rows[index - back];
        if (earlier.runningBalance && earlier.runningBalance->value() == start)
            return m_rows[index - back + 1];
    }
    return nullptr;
}

/// Where whatever follows a row starts: the next row, or after the last one the balance row.
std::optional<qint64> ChainWalk::nextStart(std::size_t index) const
{
    if (index + 1 == m_rows.size())
        return m_chain.storedBalance ? std::optional(m_chain.storedBalance->value()) : std::nullopt;
    const ChainRow& next = *m_rows[index + 1];
    if (!next.runningBalance || (isNumbered() && *next.sequence > *m_rows[index]->sequence + 1))
        return std::nullopt;
    return startOf(next);
}

/// What a row that stands rightly in the chain may still have done wrong.
void ChainWalk::checkSoundRow(const ChainRow& row)
{
    const auto wrong = rowFinding(m_chain.user, row, m_balance, isNumbered());
    if (!wrong)
        return;
    if (wrong->kind == FindingKind::Negative) {
        // One for all of them, with the deepest.
        const auto sameKind = [](const Finding& f) { return f.kind == FindingKind::Negative; };
        const auto known = std::find_if(m_findings.begin(), m_findings.end(), sameKind);
        if (known != m_findings.end()) {
            known->count += 1;
            known->credits = std::max(known->credits, wrong->credits);
            return;
        }
    }
    m_findings.append(*wrong);
}

void ChainWalk::finish()
{
    if (!m_chain.storedBalance) {
        if (!m_rows.empty()) {
            qint64 sum = m_course.opening - m_cutAway;
            for (const ChainRow* const row : m_rows)
                sum += row->amount.value();
            report(FindingKind::NoBalanceRow, sum, {m_rows.back()->key}).expected =
                Credits::of(sum);
        }
        return;
    }
    const qint64 stored = m_chain.storedBalance->value();
    // A sequence alone that differs says something only where nothing else was found.
    const bool isSequenceOff = isNumbered() && m_chain.storedSequence &&
                               *m_chain.storedSequence != m_sequence && m_findings.isEmpty();
    if (stored == m_balance && !isSequenceOff)
        return;
    Finding& finding = report(FindingKind::Tail, stored - m_balance, {});
    if (!m_rows.empty())
        finding.rows.append(m_rows.back()->key);
    finding.expected = Credits::of(m_balance);
    finding.found = Credits::of(stored);
}

} // namespace tallystick
