// SPDX-License-Identifier: GPL-3.0-or-later
//! One linear pass over a sequenced chain.
#include "ledger/audit/chainwalk.h"

#include <algorithm>

namespace tallystick {

namespace {

/// A lost update starts from a balance that was left a moment before: so many concurrent rows
/// back it is looked for.
constexpr std::size_t forkReach = 512;

bool mayOverdraw(const ChainRow& row)
{
    return row.type == TransactionType::Refund || row.type == TransactionType::Grant ||
           row.type == TransactionType::Other || row.reverses.has_value();
}

/// A clamp record says what was asked for; what was applied lies between 0 and that.
bool isClampRecordSound(const ChainRow& row)
{
    if (!row.requested && row.clamp.isEmpty())
        return true;
    if (!row.requested ||
        (row.clamp != QLatin1String("ceiling") && row.clamp != QLatin1String("range")))
        return false;
    const qint64 requested = row.requested->value();
    const qint64 applied = row.amount.value();
    return requested > 0 ? applied >= 0 && applied < requested
                         : applied <= 0 && applied > requested;
}

} // namespace

ChainWalk::ChainWalk(const Chain& chain)
    : m_chain(chain)
{
    for (const ChainRow& row : chain.rows) {
        if (!row.active)
            continue;
        m_sum += row.amount.value();
        if (row.sequence) {
            m_rows.push_back(&row);
            continue;
        }
        const qint64 end = row.runningBalance.value_or(Credits()).value();
        m_loose.insert(end - row.amount.value(), &row);
        m_looseKeys.append(row.key);
        m_looseMoney += std::abs(row.amount.value());
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const ChainRow* a, const ChainRow* b) {
        return *a->sequence < *b->sequence;
    });
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
    const qint64 previousSequence = std::exchange(m_sequence, *row.sequence);
    if (!row.runningBalance) {
        report(FindingKind::Arithmetic, amount, {row.key}).found = row.amount;
        m_balance += amount;
        return;
    }
    const qint64 end = row.runningBalance->value();
    const qint64 start = end - amount;
    const qint64 missing = *row.sequence - previousSequence - 1;
    if (missing > 0 && !bridgeGap(start, missing)) {
        QList<TransactionKey> rows{row.key};
        if (index > 0)
            rows.append(m_rows[index - 1]->key);
        Finding& finding = report(FindingKind::Gap, start - m_balance, rows);
        finding.expected = Credits::of(m_balance);
        finding.found = Credits::of(start);
        finding.count = missing;
        m_balance = end;
        return;
    }
    if (start != m_balance)
        bridge(start);
    if (start != m_balance) {
        classify(index, start);
        return;
    }
    if (missing < 0)
        report(FindingKind::Unsequenced, amount, {row.key, m_rows[index - 1]->key});
    m_balance = end;
    checkSoundRow(row);
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
    } else if (!next || *next == end) {
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

/// The earlier row that starts from the same balance, whose update was lost or lost this one.
const ChainRow* ChainWalk::forkedFrom(std::size_t index, qint64 start) const
{
    const std::size_t reach = std::min(index, forkReach);
    for (std::size_t back = 1; back <= reach; ++back) {
        const ChainRow& earlier = *m_rows[index - back];
        if (earlier.runningBalance && !earlier.amount.isZero() &&
            earlier.runningBalance->value() - earlier.amount.value() == start)
            return &earlier;
    }
    return nullptr;
}

/// Where whatever follows a row starts: the next row, or after the last one the balance row.
std::optional<qint64> ChainWalk::nextStart(std::size_t index) const
{
    if (index + 1 == m_rows.size())
        return m_chain.storedBalance ? std::optional(m_chain.storedBalance->value()) : std::nullopt;
    const ChainRow& next = *m_rows[index + 1];
    if (!next.runningBalance || *next.sequence > *m_rows[index]->sequence + 1)
        return std::nullopt;
    return next.runningBalance->value() - next.amount.value();
}

/// What a row that stands rightly in the chain may still have done wrong.
void ChainWalk::checkSoundRow(const ChainRow& row)
{
    const bool isReversal = row.reverses.has_value();
    if (!row.amount.fitsStorage() || !row.runningBalance->fitsStorage() ||
        !isClampRecordSound(row)) {
        Finding& finding = report(FindingKind::OutOfRange, row.amount.value(), {row.key});
        finding.expected = row.requested;
        finding.found = row.amount;
    } else if (row.type == TransactionType::TopUp && row.amount.isNegative() && !isReversal) {
        Finding& finding = report(FindingKind::CeilingLoss, row.amount.value(), {row.key});
        finding.expected = Credits::of(m_balance - row.amount.value());
        finding.found = row.runningBalance;
    } else if (m_balance < 0 && row.amount.isNegative() && !mayOverdraw(row)) {
        const auto sameKind = [](const Finding& f) { return f.kind == FindingKind::Negative; };
        const auto known = std::find_if(m_findings.begin(), m_findings.end(), sameKind);
        if (known != m_findings.end()) {
            known->count += 1;
            known->credits = std::max(known->credits, Credits::of(-m_balance));
            return;
        }
        Finding& finding = report(FindingKind::Negative, m_balance, {row.key});
        finding.expected = Credits();
        finding.found = row.runningBalance;
    }
}

/// Puts rows without a sequence where they fit, as long as the walk has not come to \a target.
void ChainWalk::bridge(qint64 target)
{
    while (m_balance != target) {
        // The earliest of those that start here, so that the same ledger always reads the same.
        auto earliest = m_loose.end();
        for (auto it = m_loose.find(m_balance); it != m_loose.end() && it.key() == m_balance; ++it)
            if (earliest == m_loose.end() || it.value()->createdAt < earliest.value()->createdAt)
                earliest = it;
        if (earliest == m_loose.end())
            return;
        m_balance += earliest.value()->amount.value();
        m_loose.erase(earliest);
    }
}

/// Whether just as many rows without a sequence as are missing lead to \a target: those were
/// counted when the balance row was made. Puts them there, or leaves everything as it was.
bool ChainWalk::bridgeGap(qint64 target, qint64 missing)
{
    const auto loose = m_loose;
    const qint64 balance = m_balance;
    bridge(target);
    if (m_balance == target && loose.size() - m_loose.size() == missing)
        return true;
    m_loose = loose;
    m_balance = balance;
    return false;
}

void ChainWalk::finish()
{
    const bool hasRows = !m_rows.empty() || !m_looseKeys.isEmpty();
    if (!m_chain.storedBalance) {
        if (hasRows) {
            const TransactionKey newest = m_rows.empty() ? m_looseKeys.last() : m_rows.back()->key;
            report(FindingKind::NoBalanceRow, m_sum, {newest}).expected = Credits::of(m_sum);
        }
        if (m_looseKeys.isEmpty())
            return;
    }
    const qint64 stored = m_chain.storedBalance.value_or(Credits::of(m_sum)).value();
    if (!m_looseKeys.isEmpty()) {
        finishLoose(stored);
        return;
    }
    // A sequence alone that differs says something only where nothing else was found.
    const bool isSequenceOff =
        m_chain.storedSequence && *m_chain.storedSequence != m_sequence && m_findings.isEmpty();
    if (stored == m_balance && !isSequenceOff)
        return;
    Finding& finding = report(FindingKind::Tail, stored - m_balance, {});
    if (!m_rows.empty())
        finding.rows.append(m_rows.back()->key);
    finding.expected = Credits::of(m_balance);
    finding.found = Credits::of(stored);
}

/// Rows without a sequence: where the sums agree they are merely unproved, else money is off.
void ChainWalk::finishLoose(qint64 stored)
{
    bridge(stored);
    if (m_sum == stored || m_loose.isEmpty()) {
        Finding& finding = report(FindingKind::Unsequenced, m_looseMoney, m_looseKeys.mid(0, 20));
        finding.count = m_looseKeys.size();
        if (m_balance == stored || m_sum == stored)
            return;
        Finding& tail = report(FindingKind::Tail, stored - m_balance, {m_looseKeys.last()});
        tail.expected = Credits::of(m_balance);
        tail.found = Credits::of(stored);
        return;
    }
    QList<TransactionKey> unplaced;
    for (const ChainRow* const row : std::as_const(m_loose))
        unplaced.append(row->key);
    Finding& finding = report(FindingKind::SumMismatch, m_sum - stored, unplaced.mid(0, 20));
    finding.expected = Credits::of(m_sum);
    finding.found = Credits::of(stored);
    finding.count = unplaced.size();
}

} // namespace tallystick
