// SPDX-License-Identifier: GPL-3.0-or-later
//! Strict reading of amounts, numbers, times and choices.
#include "app/argumentvalues.h"

#include <QtCore/QRegularExpression>

#include <cmath>

namespace tallystick {

namespace {

QString quoted(const QString& text)
{
    constexpr qsizetype enough = 60;
    return QStringLiteral("\"%1\"").arg(text.size() > enough ? text.first(enough) + QChar(0x2026)
                                                             : text);
}

bool matches(const QString& text, const char* pattern)
{
    const QRegularExpression expression(
        QRegularExpression::anchoredPattern(QString::fromLatin1(pattern)));
    return expression.match(text).hasMatch();
}

} // namespace

std::optional<QString> wrongAmount(const QString& text)
{
    if (!matches(text, "-?[0-9]+"))
        return QStringLiteral("%1 is not a whole number of credits (1 credit is 1 US cent).")
            .arg(text.isEmpty() ? QStringLiteral("An empty amount") : quoted(text));
    bool fits = false;
    static_cast<void>(text.toLongLong(&fits));
    if (!fits)
        return QStringLiteral("%1 is beyond what 64 bits hold (at most 9223372036854775807).")
            .arg(quoted(text));
    return std::nullopt;
}

std::optional<Instant> parsedTime(const QString& text)
{
    if (!matches(text,
                 "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
                 "(Z|[+-][0-9]{2}:[0-9]{2})?)?"))
        return std::nullopt;
    // QDateTime keeps milliseconds; the digits after them are added by hand.
    static const QRegularExpression fraction(QStringLiteral("[.]([0-9]{1,6})"));
    const QRegularExpressionMatch match = fraction.match(text);
    QString whole = text;
    if (match.hasMatch())
        whole.remove(match.capturedStart(), match.capturedLength());
    whole.replace(QLatin1Char(' '), QLatin1Char('T'));
    if (!whole.contains(QLatin1Char('T')))
        whole += QStringLiteral("T00:00:00");
    // The zone is added to the text: read as local time first, an hour a year would not exist.
    static const QRegularExpression zone(QStringLiteral("(Z|[+-][0-9]{2}:[0-9]{2})$"));
    if (!zone.match(whole).hasMatch())
        whole += QLatin1Char('Z');
    const QDateTime time = QDateTime::fromString(whole, Qt::ISODate);
    if (!time.isValid())
        return std::nullopt;
    const qint64 micros =
        match.hasMatch() ? match.captured(1).leftJustified(6, QLatin1Char('0')).toLongLong() : 0;
    return Instant{time.toMSecsSinceEpoch() * 1000 + micros};
}

bool ArgumentValues::has(const char* option) const
{
    return m_given.has(QString::fromLatin1(option));
}

QString ArgumentValues::text(const char* option) const
{
    return m_given.options.value(QString::fromLatin1(option));
}

QString ArgumentValues::positional(qsizetype index) const
{
    return m_given.positionals.value(index);
}

Credits ArgumentValues::creditsAt(qsizetype index)
{
    const QString text = positional(index);
    if (const auto sentence = wrongAmount(text)) {
        complain(*sentence);
        return {};
    }
    return Credits::of(text.toLongLong());
}

std::optional<Credits> ArgumentValues::credits(const char* option)
{
    if (!has(option))
        return std::nullopt;
    if (const auto sentence = wrongAmount(text(option))) {
        complain(QStringLiteral("--%1: %2").arg(QString::fromLatin1(option), *sentence));
        return std::nullopt;
    }
    return Credits::of(text(option).toLongLong());
}

std::optional<qint64> ArgumentValues::whole(const char* option, Range range)
{
    if (!has(option))
        return std::nullopt;
    bool isNumber = matches(text(option), "-?[0-9]+");
    const qint64 value = isNumber ? text(option).toLongLong(&isNumber) : 0;
    if (!isNumber || value < range.least || value > range.most) {
        complain(QStringLiteral("--%1 must be a whole number from %2 to %3, not %4.")
                     .arg(QString::fromLatin1(option))
                     .arg(range.least)
                     .arg(range.most)
                     .arg(quoted(text(option))));
        return std::nullopt;
    }
    return value;
}

std::optional<double> ArgumentValues::decimal(const char* option, Range range)
{
    if (!has(option))
        return std::nullopt;
    const bool isNumber = matches(text(option), "[0-9]+([.][0-9]+)?");
    const double value = isNumber ? text(option).toDouble() : 0;
    if (!isNumber || value <= double(range.least) || value > double(range.most)) {
        complain(QStringLiteral("--%1 must be a number above %2 and at most %3, not %4.")
                     .arg(QString::fromLatin1(option))
                     .arg(range.least)
                     .arg(range.most)
                     .arg(quoted(text(option))));
        return std::nullopt;
    }
    return value;
}

std::optional<Instant> ArgumentValues::time(const char* option)
{
    if (!has(option))
        return std::nullopt;
    const auto instant = parsedTime(text(option));
    if (!instant)
        complain(QStringLiteral("--%1: %2 is not a time such as 2026-05-01T14:02:11Z.")
                     .arg(QString::fromLatin1(option), quoted(text(option))));
    return instant;
}

qsizetype ArgumentValues::choice(const char* option, const QStringList& choices)
{
    if (!has(option))
        return 0;
    const qsizetype place = choices.indexOf(text(option));
    if (place < 0)
        complain(QStringLiteral("--%1 must be one of %2, not %3.")
                     .arg(QString::fromLatin1(option), choices.join(QStringLiteral(", ")),
                          quoted(text(option))));
    return std::max<qsizetype>(place, 0);
}

void ArgumentValues::complain(const QString& sentence)
{
    if (!m_wrong)
        m_wrong = sentence;
}

} // namespace tallystick
