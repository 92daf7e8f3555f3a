// SPDX-License-Identifier: GPL-3.0-or-later
//! Posts by the user's own SQL.
#include "ledger/postgres/ownsteps.h"
#include "ledger/postgres/ways.h"

#include <QtCore/QJsonDocument>

#include <map>

namespace tallystick::postgres {

namespace {

using Steps = std::map<OperationKind, OwnSteps>;

QByteArray bytes(const QString& text)
{
    return text.toUtf8();
}

std::optional<QByteArray> bytes(const QJsonObject& metadata)
{
    if (metadata.isEmpty())
        return std::nullopt;
    return QJsonDocument(metadata).toJson(QJsonDocument::Compact);
}

OperationKind kindOf(const Posting& posting)
{
    if (posting.onSameKey == Posting::OnSameKey::AlreadyClaimed)
        return OperationKind::Reward;
    switch (posting.type) {
    case TransactionType::TopUp:
        return OperationKind::TopUp;
    case TransactionType::Grant:
        return OperationKind::Grant;
    case TransactionType::Refund:
        return OperationKind::Refund;
    case TransactionType::Usage:
    case TransactionType::CardCheck:
    case TransactionType::Subscription:
    case TransactionType::Other:
        break;
    }
    return OperationKind::Spend;
}

/// The step a reward's key speaks of.
std::optional<QByteArray> stepOf(const Posting& posting)
{
    const QString prefix = rewardKey(posting.user, QStringLiteral("-")).text().chopped(1);
    const QString key = posting.key.text();
    return key.startsWith(prefix) ? std::optional(bytes(key.mid(prefix.size()))) : std::nullopt;
}

/// What every statement may name; what an operation has not is null.
OwnValues valuesFor(const UserId& user, const TransactionKey& key)
{
    OwnValues values;
    for (const QString& name : givenPlaceholders())
        values.insert(name, std::nullopt);
    values[QStringLiteral("user")] = bytes(user.text());
    if (!key.isEmpty())
        values[QStringLiteral("key")] = bytes(key.text());
    return values;
}

class StatementsWay final : public PostingWay
{
public:
    explicit StatementsWay(Steps steps)
        : m_steps(std::move(steps))
    {
    }

    Result<Receipt> post(const Posting& posting, Finish finish) override
    {
        const OperationKind kind = kindOf(posting);
        OwnValues values = valuesFor(posting.user, posting.key);
        values[QStringLiteral("amount")] = QByteArray::number(posting.amount.value());
        values[QStringLiteral("type")] = bytes(labelOf(posting.type));
        values[QStringLiteral("metadata")] = bytes(posting.metadata);
        if (posting.ceiling)
            values[QStringLiteral("ceiling")] = QByteArray::number(posting.ceiling->value());
        if (posting.refundOf)
            values[QStringLiteral("of")] = bytes(posting.refundOf->text());
        if (kind == OperationKind::Reward)
            values[QStringLiteral("step")] = stepOf(posting);
        return answered(kind, values, posting.key, posting.amount, finish);
    }
    Result<Receipt> reverse(const Reversal& reversal, Finish finish) override
    {
        const TransactionKey key = reversalKey(reversal.key);
        OwnValues values = valuesFor(reversal.user, key);
        values[QStringLiteral("of")] = bytes(reversal.key.text());
        values[QStringLiteral("metadata")] = bytes(reversal.metadata);
        return answered(OperationKind::Reverse, values, key, {}, finish);
    }
    Result<Receipt> activate(const Activation& activation, Finish finish) override
    {
        const TransactionKey key = activation.newKey.value_or(activation.key);
        OwnValues values = valuesFor(activation.user, key);
        values[QStringLiteral("of")] = bytes(activation.key.text());
        values[QStringLiteral("metadata")] = bytes(activation.metadata);
        return answered(OperationKind::Activate, values, key, {}, finish);
    }
    std::optional<Result<Balance>> readBalance(const UserId& user) override
    {
        auto end = ended(OperationKind::Read, valuesFor(user, {}), Finish::Commit);
        if (!end)
            return end.error();
        if (end->kind != OwnEnd::Kind::Done || !end->balance)
            return RefusalWithFacts{.refusal = Refusal::RefusedByStatement, .subject = user.text()};
        return Balance{.credits = *end->balance, .source = Balance::Source::BalanceRow};
    }

private:
    Result<OwnEnd> ended(OperationKind kind, const OwnValues& values, Finish finish)
    {
        const auto steps = m_steps.find(kind);
        if (steps == m_steps.end())
            return Failure{.kind = Failure::Kind::WrongStatement,
                           .statement = memberPath(kind),
                           .text = QStringLiteral("there are no statements for this operation")};
        return steps->second.run(values, finish == Finish::Commit);
    }
    Result<Receipt> answered(OperationKind kind, const OwnValues& values, const TransactionKey& key,
                             Credits requested, Finish finish)
    {
        const auto end = ended(kind, values, finish);
        if (!end)
            return end.error();
        if (end->kind == OwnEnd::Kind::NoRow)
            return RefusalWithFacts{.refusal = Refusal::RefusedByStatement,
                                    .subject = key.text(),
                                    .requested = requested};
        return Receipt{.key = key,
                       .requested = requested,
                       .balance = end->balance.value_or(Credits()),
                       .replayed = end->kind == OwnEnd::Kind::KeyStands,
                       .tells = end->balance ? Receipt::Tells::Balance : Receipt::Tells::Nothing};
    }

    Steps m_steps;
};

} // namespace

Result<std::unique_ptr<PostingWay>> makeStatementsWay(Session& session,
                                                      const OwnStatements& statements)
{
    Steps steps;
    for (auto own = statements.cbegin(); own != statements.cend(); ++own) {
        auto prepared = OwnSteps::prepare(session, own.key(), own.value());
        if (!prepared)
            return prepared.error();
        steps.emplace(own.key(), *std::move(prepared));
    }
    return std::unique_ptr<PostingWay>(std::make_unique<StatementsWay>(std::move(steps)));
}

} // namespace tallystick::postgres
