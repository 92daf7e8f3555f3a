// SPDX-License-Identifier: GPL-3.0-or-later
//! Exact: money never passes through a floating-point number.
#include "ui/shared/format.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

namespace tallystick::format {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString grouped(quint64 number)
{
    QString digits = QString::number(number);
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, QLatin1Char(','));
    return digits;
}

/// Works for the most negative value too, which has no positive counterpart in 64 bits.
quint64 magnitude(qint64 value)
{
    return value < 0 ? quint64(0) - quint64(value) : quint64(value);
}

QString unsignedMoney(Credits credits)
{
    const quint64 cents = magnitude(credits.value());
    return QStringLiteral("%1.%2")
        .arg(grouped(cents / 100))
        .arg(cents % 100, 2, 10, QLatin1Char('0'));
}

QString signOf(Credits credits)
{
    return credits.isNegative() ? QString(minus) : QString();
}

} // namespace

QString money(Credits credits)
{
    return signOf(credits) + QLatin1Char('$') + unsignedMoney(credits);
}

QString amount(Credits credits)
{
    return signOf(credits) + unsignedMoney(credits);
}

QString signedAmount(Credits credits)
{
    const bool isPositive = !credits.isNegative() && !credits.isZero();
    return (isPositive ? QStringLiteral("+") : signOf(credits)) + unsignedMoney(credits);
}

QString count(qint64 number)
{
    return (number < 0 ? QString(minus) : QString()) + grouped(magnitude(number));
}

QString time(Instant at)
{
    return at.utc().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString preciseTime(Instant at)
{
    const qint64 inSecond = ((at.micros % 1'000'000) + 1'000'000) % 1'000'000;
    return time(at) + QStringLiteral(".%1").arg(inSecond, 6, 10, QLatin1Char('0'));
}

QString date(Instant at)
{
    return at.utc().toString(QStringLiteral("yyyy-MM-dd"));
}

QString age(Instant at, Instant now)
{
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    const qint64 seconds = (now.micros - at.micros) / 1'000'000;
    if (seconds < 0)
        return time(at);
    if (seconds < minute)
        return Words::tr("just now");
    if (seconds < hour)
        return Words::tr("%1 min ago").arg(seconds / minute);
    if (seconds < day)
        return Words::tr("%1 h ago").arg(seconds / hour);
    if (seconds < 60 * day)
        return Words::tr("%1 d ago").arg(seconds / day);
    if (seconds < 730 * day)
        return Words::tr("%1 months ago").arg(seconds / (30 * day));
    return Words::tr("%1 years ago").arg(seconds / (365 * day));
}

QString duration(qint64 micros)
{
    if (micros < 1000)
        return QStringLiteral("%1 µs").arg(micros);
    if (micros < 1'000'000)
        return QStringLiteral("%1 ms").arg(double(micros) / 1000, 0, 'f', 1);
    return QStringLiteral("%1 s").arg(double(micros) / 1'000'000, 0, 'f', 2);
}

QString elided(const QString& id, int characters)
{
    if (id.size() <= characters || characters < 5)
        return id;
    const int head = characters / 2;
    const int tail = characters - 1 - head;
    return id.first(head) + QChar(0x2026) + id.last(tail);
}

std::optional<Credits> parsedMoney(const QString& text)
{
    static const QRegularExpression shape(QStringLiteral(
        "^([+\\-\\x{2212}]?)\\$?((?:\\d{1,3}(?:,\\d{3})+)|\\d+)(?:\\.(\\d{1,2}))?$"));
    const QRegularExpressionMatch match = shape.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const QString whole = match.captured(2).remove(QLatin1Char(','));
    const QString cents = match.captured(3).leftJustified(2, QLatin1Char('0'));
    const QString sign = match.captured(1);
    const bool isNegative = !sign.isEmpty() && sign != QLatin1String("+");
    bool fits = false;
    const QString digits = (isNegative ? QStringLiteral("-") : QString()) + whole + cents;
    const qint64 value = digits.toLongLong(&fits);
    return fits ? std::optional(Credits::of(value)) : std::nullopt;
}

} // namespace tallystick::format
