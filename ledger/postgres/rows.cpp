// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads rows.
#include "ledger/postgres/rows.h"

#include <QtCore/QJsonDocument>

namespace tallystick::postgres {

namespace {

QVariant nullNumber()
{
    return QVariant(QMetaType(QMetaType::LongLong));
}

QVariant nullText()
{
    return QVariant(QMetaType(QMetaType::QString));
}

} // namespace

QString textAt(const Statement& row, const char* column)
{
    return row.value(column).toString();
}

qint64 numberAt(const Statement& row, const char* column)
{
    return row.value(column).toLongLong();
}

std::optional<qint64> optionalNumberAt(const Statement& row, const char* column)
{
    const QVariant value = row.value(column);
    return value.isNull() ? std::nullopt : std::optional<qint64>(value.toLongLong());
}

Credits creditsAt(const Statement& row, const char* column)
{
    return Credits::of(numberAt(row, column));
}

std::optional<Credits> optionalCreditsAt(const Statement& row, const char* column)
{
    const auto number = optionalNumberAt(row, column);
    return number ? std::optional(Credits::of(*number)) : std::nullopt;
}

std::optional<TransactionKey> keyAt(const Statement& row, const char* column)
{
    return TransactionKey::from(textAt(row, column));
}

QVariant bound(const std::optional<qint64>& number)
{
    return number ? QVariant(*number) : nullNumber();
}

QVariant bound(const std::optional<Credits>& credits)
{
    return credits ? QVariant(credits->value()) : nullNumber();
}

QVariant bound(const std::optional<TransactionKey>& key)
{
    return key ? QVariant(key->text()) : nullText();
}

QVariant bound(const QJsonObject& metadata)
{
    if (metadata.isEmpty())
        return nullText();
    return QString::fromUtf8(QJsonDocument(metadata).toJson(QJsonDocument::Compact));
}

Clamp clampWithLabel(const QString& label)
{
    for (const Clamp clamp : {Clamp::Ceiling, Clamp::Range})
        if (labelOf(clamp) == label)
            return clamp;
    return Clamp::None;
}

User userOf(const Statement& row)
{
    const auto last = optionalNumberAt(row, "last_micros");
    return {.id = UserId::from(textAt(row, "id")).value_or(UserId()),
            .email = textAt(row, "email"),
            .name = textAt(row, "name"),
            .createdAt = Instant{numberAt(row, "created_micros")},
            .balance = creditsAt(row, "balance"),
            .hasBalanceRow = row.flag("has_row"),
            .lastActivity = last ? std::optional(Instant{*last}) : std::nullopt};
}

Transaction transactionOf(const Statement& row, const UserId& user)
{
    Transaction transaction{.key = keyAt(row, "key").value_or(TransactionKey()),
                            .user = user,
                            .createdAt = Instant{numberAt(row, "at_micros")},
                            .amount = creditsAt(row, "amount"),
                            .type = typeWithLabel(textAt(row, "type")),
                            .typeLabel = textAt(row, "type"),
                            .active = row.flag("active"),
                            .runningBalance = optionalCreditsAt(row, "running_balance"),
                            .sequence = optionalNumberAt(row, "sequence"),
                            .metadataText = textAt(row, "metadata").toUtf8()};
    transaction.metadata = QJsonDocument::fromJson(transaction.metadataText).object();
    const QJsonValue requested = transaction.metadata.value(QLatin1String("requestedAmount"));
    if (requested.isDouble())
        transaction.requested = Credits::of(requested.toInteger());
    return transaction;
}

ChainRow chainRowOf(const Statement& row)
{
    bool isNumber = false;
    const qint64 requested = textAt(row, "requested").toLongLong(&isNumber);
    const auto committed = optionalNumberAt(row, "committed_micros");
    return {.key = keyAt(row, "key").value_or(TransactionKey()),
            .createdAt = Instant{numberAt(row, "at_micros")},
            .amount = creditsAt(row, "amount"),
            .type = typeWithLabel(textAt(row, "type")),
            .active = row.flag("active"),
            .runningBalance = optionalCreditsAt(row, "running"),
            .sequence = optionalNumberAt(row, "sequence"),
            .committedAt = committed ? std::optional(Instant{*committed}) : std::nullopt,
            .requested = isNumber ? std::optional(Credits::of(requested)) : std::nullopt,
            .clamp = textAt(row, "clamp"),
            .refundOf = keyAt(row, "refund_of"),
            .reverses = keyAt(row, "reverses")};
}

std::variant<Receipt, RefusalWithFacts> answerOf(const Statement& row)
{
    const Anatomy anatomy{.lockWaitMicros = numberAt(row, "lock_wait_micros"),
                          .workMicros = numberAt(row, "work_micros")};
    const QString code = textAt(row, "code");
    if (!code.isEmpty()) {
        const auto refusal = refusalWithCode(code);
        Q_ASSERT_X(refusal, "answerOf", qPrintable(code));
        return RefusalWithFacts{.refusal = refusal.value_or(Refusal::AmountInvalid),
                                .subject = textAt(row, "key"),
                                .balance = creditsAt(row, "balance"),
                                .requested = creditsAt(row, "requested"),
                                .ceiling = optionalCreditsAt(row, "remaining"),
                                .anatomy = anatomy};
    }
    return Receipt{.key = keyAt(row, "key").value_or(TransactionKey()),
                   .requested = creditsAt(row, "requested"),
                   .applied = creditsAt(row, "applied"),
                   .balance = creditsAt(row, "balance"),
                   .at = Instant{numberAt(row, "at_micros")},
                   .sequence = optionalNumberAt(row, "sequence"),
                   .replayed = row.flag("replayed"),
                   .clamp = clampWithLabel(textAt(row, "clamp")),
                   .anatomy = anatomy};
}

} // namespace tallystick::postgres
