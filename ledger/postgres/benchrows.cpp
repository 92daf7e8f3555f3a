// SPDX-License-Identifier: GPL-3.0-or-later
//! Writes users, balances and prepared rows as COPY text.
#include "ledger/postgres/benchrows.h"

#include "ledger/core/decide.h"
#include "ledger/postgres/lockedbalance.h"

#include <QtCore/QJsonDocument>

namespace tallystick::postgres {

namespace {

/// The prepared rows of a user stand this far apart and end before now.
constexpr qint64 microsApart = 1000;

QByteArray escaped(const QByteArray& text)
{
    QByteArray out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '\\':
            out += "\\\\";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            out += c;
        }
    }
    return out;
}

QByteArray escaped(const QString& text)
{
    return escaped(text.toUtf8());
}

std::optional<qint64> numbered(const BenchUser& user, qint64& sequence)
{
    return user.sequenced ? std::optional(++sequence) : std::nullopt;
}

void appendTransaction(QByteArray& out, const NewRow& row, Instant at)
{
    const QByteArray fields[] = {
        escaped(row.key.text()),
        QByteArray::number(at.micros),
        escaped(row.user.text()),
        QByteArray::number(row.amount.value()),
        labelOf(row.type).toLatin1(),
        row.active ? "t" : "f",
        row.metadata.isEmpty()
            ? QByteArray("\\N")
            : escaped(QJsonDocument(row.metadata).toJson(QJsonDocument::Compact)),
        QByteArray::number(row.runningBalance.value()),
        row.sequence ? QByteArray::number(*row.sequence) : QByteArray("\\N")};
    out += QByteArrayList(std::begin(fields), std::end(fields)).join('\t') + '\n';
}

} // namespace

BenchRows rowsOf(const QList<BenchUser>& users, Instant now)
{
    BenchRows rows;
    for (const BenchUser& user : users) {
        const QByteArray id = escaped(user.id.text());
        const qint64 rowCount = user.prepared.size() + 1;
        Instant at{now.micros - (rowCount + 1) * microsApart};
        rows.users +=
            id + '\t' + id + "@stress.invalid\t\\N\t" + QByteArray::number(at.micros) + '\n';

        Credits balance = user.openingBalance;
        qint64 sequence = 0;
        if (user.history && !user.openingBalance.isZero()) {
            appendTransaction(rows.transactions,
                              {.key = user.openingKey,
                               .user = user.id,
                               .amount = balance,
                               .type = user.openingType,
                               .runningBalance = balance,
                               .sequence = numbered(user, sequence)},
                              at);
        }
        for (const Posting& posting : user.prepared) {
            at.micros += microsApart;
            const auto decision = decide(balance, posting);
            Q_ASSERT(std::holds_alternative<Movement>(decision));
            const Movement movement = std::get<Movement>(decision);
            balance = movement.balance;
            appendTransaction(
                rows.transactions,
                {.key = posting.key,
                 .user = user.id,
                 .amount = movement.applied,
                 .type = posting.type,
                 .active = posting.active,
                 .metadata = withClamp(posting.metadata, posting.amount, movement.clamp),
                 .runningBalance = balance,
                 .sequence = posting.active ? numbered(user, sequence) : std::nullopt},
                at);
        }
        if (user.balanceRow)
            rows.balances += id + '\t' + QByteArray::number(balance.value()) + '\t' +
                             QByteArray::number(at.micros) + '\t' + QByteArray::number(sequence) +
                             '\n';
    }
    return rows;
}

} // namespace tallystick::postgres
