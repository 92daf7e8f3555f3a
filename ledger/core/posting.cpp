// SPDX-License-Identifier: GPL-3.0-or-later
//! Builders of the named operations and the checks made before sending.
#include "ledger/core/posting.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <algorithm>
#include <array>
#include <limits>

namespace tallystick {

namespace {

constexpr qsizetype maxMetadataBytes = qsizetype(1024) * 1024;

/// Keys the ledger itself writes into metadata; a caller's own are taken out, so that a row never
/// claims a clamp, refund or reversal that did not happen.
constexpr std::array reservedKeys{"requestedAmount", "clamp",         "refundOf",
                                  "reverses",        "activatedFrom", "pendingSince"};

Credits saturatedNegation(Credits credits)
{
    return credits.negated().value_or(Credits::of(std::numeric_limits<qint64>::max()));
}

QString cleanText(const QString& text)
{
    const auto isUnwanted = [](QChar c) {
        return c.category() == QChar::Other_Control && c != QLatin1Char('\t') &&
               c != QLatin1Char('\n');
    };
    QString clean = text;
    clean.removeIf(isUnwanted);
    return clean.isValidUtf16() ? clean : QString::fromUtf8(clean.toUtf8());
}

QJsonValue cleanValue(const QJsonValue& value)
{
    if (value.isString())
        return cleanText(value.toString());
    if (value.isArray()) {
        QJsonArray clean;
        for (const QJsonValueConstRef element : value.toArray())
            clean.append(cleanValue(element));
        return clean;
    }
    if (value.isObject()) {
        QJsonObject clean;
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            clean.insert(cleanText(member.key()), cleanValue(member.value()));
        return clean;
    }
    return value;
}

RefusalWithFacts invalid(Refusal refusal, const QString& subject, Credits requested = {})
{
    return {.refusal = refusal, .subject = subject, .requested = requested};
}

/// The check of ids and metadata that every command shares; \a longestKey is the longest key it
/// writes. Cleans \a metadata.
std::optional<RefusalWithFacts> checkCommon(const UserId& user, const QString& longestKey,
                                            QJsonObject& metadata)
{
    if (user.isEmpty())
        return invalid(Refusal::IdInvalid, user.text());
    if (!TransactionKey::from(longestKey) ||
        longestKey.toUtf8().size() + user.text().toUtf8().size() > maxKeyAndUserBytes)
        return invalid(Refusal::IdInvalid, longestKey);
    auto clean = cleanMetadata(metadata);
    if (!clean)
        return invalid(Refusal::MetadataInvalid, user.text());
    metadata = *std::move(clean);
    for (const char* const key : reservedKeys)
        metadata.remove(QLatin1String(key));
    return std::nullopt;
}

bool amountMakesSense(const Posting& posting)
{
    const qint64 amount = posting.amount.value();
    if (posting.refundOf) // a pending refund could be activated past what is left of the payment
        return amount < 0 && posting.active;
    if (posting.onSameKey == Posting::OnSameKey::AlreadyClaimed)
        return amount > 0;
    switch (posting.type) {
    case TransactionType::TopUp:
        return amount > 0;
    case TransactionType::CardCheck:
        return amount == 0;
    case TransactionType::Grant:
        return amount != 0;
    case TransactionType::Usage:
    case TransactionType::Refund:
    case TransactionType::Subscription:
        return true;
    case TransactionType::Other:
        break;
    }
    return false;
}

} // namespace

QString labelOf(Clamp clamp)
{
    switch (clamp) {
    case Clamp::None:
        return {};
    case Clamp::Ceiling:
        return QStringLiteral("ceiling");
    case Clamp::Range:
        return QStringLiteral("range");
    }
    Q_UNREACHABLE();
}

Posting topUp(const UserId& user, Credits amount, const TransactionKey& key,
              std::optional<Credits> ceiling, const QJsonObject& metadata)
{
    return {.user = user,
            .key = key,
            .amount = amount,
            .type = TransactionType::TopUp,
            .ceiling = ceiling,
            .metadata = metadata};
}

Posting spend(const UserId& user, Credits cost, const TransactionKey& key,
              const QJsonObject& metadata)
{
    return {.user = user,
            .key = key,
            .amount = saturatedNegation(cost),
            .type = TransactionType::Usage,
            .metadata = metadata};
}

Posting grant(const UserId& user, Credits amount, const TransactionKey& key,
              const QJsonObject& metadata)
{
    return {.user = user,
            .key = key,
            .amount = amount,
            .type = TransactionType::Grant,
            .metadata = metadata};
}

Posting reward(const UserId& user, Credits amount, const QString& step, const QJsonObject& metadata)
{
    return {.user = user,
            .key = rewardKey(user, step),
            .amount = amount,
            .type = TransactionType::Grant,
            .onSameKey = Posting::OnSameKey::AlreadyClaimed,
            .metadata = metadata};
}

Posting refund(const UserId& user, const TransactionKey& payment, Credits amount,
               const TransactionKey& key, const QJsonObject& metadata)
{
    return {.user = user,
            .key = key,
            .amount = saturatedNegation(amount),
            .type = TransactionType::Refund,
            .mayOverdraw = true,
            .refundOf = payment,
            .metadata = metadata};
}

Posting adjustment(const UserId& user, Credits amount, bool mayOverdraw, const TransactionKey& key,
                   const QJsonObject& metadata)
{
    return {.user = user,
            .key = key,
            .amount = amount,
            .type = TransactionType::Grant,
            .mayOverdraw = mayOverdraw,
            .metadata = metadata};
}

TransactionKey rewardKey(const UserId& user, const QString& step)
{
    const auto key = TransactionKey::from(QStringLiteral("REWARD-%1-%2").arg(user.text(), step));
    return step.isEmpty() ? TransactionKey() : key.value_or(TransactionKey());
}

TransactionKey reversalKey(const TransactionKey& key)
{
    return TransactionKey::from(QStringLiteral("REVERSAL-") + key.text())
        .value_or(TransactionKey());
}

std::variant<Posting, RefusalWithFacts> validated(Posting posting)
{
    if (auto refusal = checkCommon(posting.user, posting.key.text(), posting.metadata))
        return *std::move(refusal);
    if (posting.refundOf && posting.refundOf->isEmpty())
        return invalid(Refusal::IdInvalid, posting.refundOf->text());
    if (!amountMakesSense(posting))
        return invalid(Refusal::AmountInvalid, posting.user.text(), posting.amount);
    return posting;
}

std::variant<Reversal, RefusalWithFacts> validated(Reversal reversal)
{
    if (reversal.key.isEmpty())
        return invalid(Refusal::IdInvalid, reversal.key.text());
    if (auto refusal =
            checkCommon(reversal.user, reversalKey(reversal.key).text(), reversal.metadata))
        return *std::move(refusal);
    return reversal;
}

std::variant<Activation, RefusalWithFacts> validated(Activation activation)
{
    const TransactionKey& written = activation.newKey.value_or(activation.key);
    if (activation.key.isEmpty())
        return invalid(Refusal::IdInvalid, activation.key.text());
    if (auto refusal = checkCommon(activation.user, written.text(), activation.metadata))
        return *std::move(refusal);
    return activation;
}

QString subjectOf(Refusal refusal, const Posting& posting)
{
    if (refusal == Refusal::KeyReused || refusal == Refusal::AlreadyClaimed)
        return posting.key.text();
    const bool isOfPayment = refusal == Refusal::TransactionUnknown ||
                             refusal == Refusal::NotARefundablePayment ||
                             refusal == Refusal::RefundExceedsPayment;
    return isOfPayment && posting.refundOf ? posting.refundOf->text() : posting.user.text();
}

std::optional<QJsonObject> cleanMetadata(const QJsonObject& metadata)
{
    QJsonObject clean = cleanValue(metadata).toObject();
    if (QJsonDocument(clean).toJson(QJsonDocument::Compact).size() > maxMetadataBytes)
        return std::nullopt;
    return clean;
}

} // namespace tallystick
