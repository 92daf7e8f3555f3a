// SPDX-License-Identifier: GPL-3.0-or-later
//! Cursors as text: "number~id" in URL-safe base64, so that a shell never has to quote one.
#include "ledger/core/transaction.h"
#include "ledger/core/user.h"

namespace tallystick {

namespace {

/// Beyond any that exists (RFC 5321 allows 254), so that a made-up cursor stays a small question.
constexpr qsizetype longestEmail = 4000;

struct Place
{
    qint64 number = 0;
    QString id;
};

QString encoded(const Place& place)
{
    const QString plain = QString::number(place.number) + QLatin1Char('~') + place.id;
    return QString::fromLatin1(
        plain.toUtf8().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

std::optional<Place> decoded(const QString& text)
{
    const auto bytes = QByteArray::fromBase64Encoding(
        text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return std::nullopt;
    const QString plain = QString::fromUtf8(*bytes);
    const qsizetype split = plain.indexOf(QLatin1Char('~'));
    if (split < 1)
        return std::nullopt;
    bool isNumber = false;
    Place place{.number = plain.first(split).toLongLong(&isNumber), .id = plain.mid(split + 1)};
    if (!isNumber)
        return std::nullopt;
    return place;
}

} // namespace

QString UserCursor::text() const
{
    return encoded({.number = rank, .id = email});
}

std::optional<UserCursor> UserCursor::from(const QString& text)
{
    const auto place = decoded(text);
    if (!place || place->number < 0 || place->number > 9 || !isIdText(place->id, longestEmail))
        return std::nullopt;
    return UserCursor{.rank = int(place->number), .email = place->id};
}

QString HistoryCursor::text() const
{
    return encoded({.number = createdAt.micros, .id = key.text()});
}

std::optional<HistoryCursor> HistoryCursor::from(const QString& text)
{
    const auto place = decoded(text);
    if (!place)
        return std::nullopt;
    const auto key = TransactionKey::from(place->id);
    if (!key)
        return std::nullopt;
    return HistoryCursor{.createdAt = Instant{place->number}, .key = *key};
}

} // namespace tallystick
