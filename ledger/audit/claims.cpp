// SPDX-License-Identifier: GPL-3.0-or-later
//! Looks for rewards paid twice and refunds beyond their payment.
#include "ledger/audit/claims.h"

#include <QtCore/QHash>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

namespace tallystick {

namespace {

using Rows = std::vector<const ChainRow*>;

QSet<TransactionKey> reversedKeys(const Rows& ordered)
{
    QSet<TransactionKey> keys;
    for (const ChainRow* const row : ordered)
        if (row->reverses)
            keys.insert(*row->reverses);
    return keys;
}

/// The step a reward key speaks of, and the step it may be a variant of.
struct Step
{
    QString own;
    QString base;
};

std::optional<Step> stepOf(const ChainRow& row, const QString& prefix)
{
    static const QRegularExpression suffix(QStringLiteral("(?:-[0-9]{1,6}|~.+)$"));
    const QString key = row.key.text();
    if (row.type != TransactionType::Grant || !key.startsWith(prefix))
        return std::nullopt;
    Step step{.own = key.mid(prefix.size())};
    step.base = step.own;
    step.base.remove(suffix);
    if (step.base.isEmpty())
        step.base = step.own;
    return step;
}

} // namespace

QList<Finding> duplicateRewards(const Chain& chain, const Rows& ordered)
{
    const QSet<TransactionKey> reversed = reversedKeys(ordered);
    const QString prefix = QStringLiteral("REWARD-%1-").arg(chain.user.text());
    QHash<QString, Rows> claims; // by the step as written
    QList<std::pair<const ChainRow*, Step>> rewards;
    for (const ChainRow* const row : ordered) {
        const auto step = stepOf(*row, prefix);
        if (!step || reversed.contains(row->key))
            continue;
        claims[step->own].push_back(row);
        rewards.append({row, *step});
    }
    // A variant belongs to its base only where both stand and pay the same: "LEVEL-2" by itself
    // is a step of its own.
    QHash<QString, Rows> paid;
    QStringList order;
    for (const auto& [row, step] : rewards) {
        const Rows& bases = claims.value(step.base);
        const bool isVariant = !bases.empty() && bases.front()->amount == row->amount;
        const QString& name = isVariant ? step.base : step.own;
        if (!paid.contains(name))
            order.append(name);
        paid[name].push_back(row);
    }
    QList<Finding> findings;
    for (const QString& name : order) {
        const Rows& rows = paid[name];
        if (rows.size() < 2)
            continue;
        Finding finding{.kind = FindingKind::DuplicateReward, .user = chain.user};
        qint64 extra = 0;
        for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
            finding.rows.append((*row)->key);
            if (*row != rows.front())
                extra += (*row)->amount.value();
        }
        finding.credits = Credits::of(std::abs(extra));
        finding.count = qint64(rows.size()) - 1;
        findings.append(finding);
    }
    return findings;
}

QList<Finding> excessiveRefunds(const Chain& chain, const Rows& ordered)
{
    struct Account
    {
        const ChainRow* payment = nullptr;
        const ChainRow* crossing = nullptr; ///< the refund that went beyond
        qint64 refunded = 0;
    };
    QHash<TransactionKey, Account> accounts;
    QHash<TransactionKey, TransactionKey> paymentOf; // of a refund
    for (const ChainRow* const row : ordered) {
        if (row->amount > Credits())
            accounts[row->key].payment = row;
        if (row->refundOf)
            paymentOf.insert(row->key, *row->refundOf);
    }
    QList<TransactionKey> crossed;
    for (const ChainRow* const row : ordered) {
        // A reversed refund gives back what it took, under the same payment.
        // A reversed payment is given back whole, beside what was refunded of it.
        const TransactionKey payment = row->refundOf ? *row->refundOf
                                       : row->reverses
                                           ? paymentOf.value(*row->reverses, *row->reverses)
                                           : TransactionKey();
        if (payment.isEmpty())
            continue;
        // A payment that is gone is another finding's matter.
        Account& account = accounts[payment];
        account.refunded -= row->amount.value();
        if (!account.payment || account.crossing ||
            account.refunded <= account.payment->amount.value())
            continue;
        account.crossing = row;
        crossed.append(payment);
    }
    QList<Finding> findings;
    for (const TransactionKey& key : crossed) {
        const Account& account = accounts[key];
        if (account.refunded <= account.payment->amount.value())
            continue;
        findings.append(
            Finding{.kind = FindingKind::RefundExceedsPayment,
                    .user = chain.user,
                    .rows = {account.crossing->key, key},
                    .credits = Credits::of(account.refunded - account.payment->amount.value()),
                    .expected = account.payment->amount,
                    .found = Credits::of(account.refunded)});
    }
    return findings;
}

} // namespace tallystick
