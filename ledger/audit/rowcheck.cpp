// SPDX-License-Identifier: GPL-3.0-or-later
//! Judges rows one by one.
#include "ledger/audit/rowcheck.h"

#include <QtCore/QHash>

namespace tallystick {

namespace {

bool isCredit(const ChainRow& row)
{
    return row.type == TransactionType::TopUp && row.amount > Credits() && row.runningBalance;
}

} // namespace

bool mayOverdraw(const ChainRow& row)
{
    return row.type == TransactionType::Refund || row.type == TransactionType::Grant ||
           row.type == TransactionType::Other || row.reverses.has_value();
}

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

std::optional<Finding> rowFinding(const UserId& user, const ChainRow& row, qint64 balance,
                                  bool isOwn)
{
    const auto found = [&](FindingKind kind, qint64 credits) {
        return Finding{.kind = kind,
                       .user = user,
                       .rows = {row.key},
                       .credits = Credits::of(std::abs(credits)),
                       .found = row.runningBalance};
    };
    if (!row.amount.fitsStorage() || !row.runningBalance->fitsStorage() ||
        (isOwn && !isClampRecordSound(row))) {
        Finding finding = found(FindingKind::OutOfRange, row.amount.value());
        finding.expected = row.requested;
        finding.found = row.amount;
        return finding;
    }
    if (row.type == TransactionType::TopUp && row.amount.isNegative() && !row.reverses) {
        Finding finding = found(FindingKind::CeilingLoss, row.amount.value());
        finding.expected = Credits::of(balance - row.amount.value());
        return finding;
    }
    if (balance < 0 && row.amount.isNegative() && !mayOverdraw(row)) {
        Finding finding = found(FindingKind::Negative, balance);
        finding.expected = Credits();
        return finding;
    }
    return std::nullopt;
}

ForeignClamps::ForeignClamps(const ChainRows& rows, qint64 opening, const QList<Credits>& ceilings)
{
    for (const Credits ceiling : ceilings)
        m_ceilings.insert(ceiling.value());
    QSet<qint64> left{opening}; // balances the user is known to have had
    for (const ChainRow* const row : rows)
        left.insert(row->runningBalance->value());
    QHash<qint64, int> cut; // by where they end
    for (const ChainRow* const row : rows)
        if (isCredit(*row) && !left.contains(startOf(*row)) &&
            ++cut[row->runningBalance->value()] == 2)
            m_ceilings.insert(row->runningBalance->value());
}

bool ForeignClamps::isCandidate(const ChainRow& row) const
{
    const bool isRecorded = row.requested == row.amount || !row.clamp.isEmpty();
    return isCredit(row) && (isRecorded || m_ceilings.contains(row.runningBalance->value()));
}

} // namespace tallystick
