// SPDX-License-Identifier: GPL-3.0-or-later
//! Strict reading of one JSON object.
#include "ledger/stress/jsonmembers.h"

#include <QtCore/QJsonDocument>

#include <cmath>

namespace tallystick {

namespace {

/// The integer a JSON number stands for; nothing for fractions and what 64 bits cannot hold.
std::optional<qint64> wholeNumber(const QJsonValue& value)
{
    if (!value.isDouble())
        return std::nullopt;
    const qint64 one = value.toInteger(0);
    const qint64 other = value.toInteger(1);
    if (one != other)
        return std::nullopt;
    return one;
}

} // namespace

QString jsonExcerpt(const QJsonValue& value)
{
    constexpr qsizetype longest = 60;
    if (value.isUndefined())
        return QStringLiteral("nothing");
    QString text =
        QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    text = text.mid(1, text.size() - 2);
    if (text.size() > longest)
        text = text.left(longest) + QStringLiteral("…");
    return text;
}

JsonMembers::JsonMembers(const QJsonObject& object, const QString& path, FirstError& error)
    : m_object(object)
    , m_path(path)
    , m_error(error)
{
}

QString JsonMembers::pathOf(const QString& name) const
{
    return m_path.isEmpty() ? name : m_path + QLatin1Char('.') + name;
}

void JsonMembers::refuse(const QString& name, const QString& expected)
{
    if (!m_error)
        m_error = ScenarioError{
            .path = pathOf(name), .expected = expected, .found = jsonExcerpt(m_object.value(name))};
}

void JsonMembers::require(const QString& name, const QString& expected)
{
    if (!has(name))
        refuse(name, expected);
}

QJsonValue JsonMembers::take(const QString& name)
{
    m_known.insert(name);
    return m_object.value(name);
}

std::optional<qint64> JsonMembers::integer(const QString& name, Range range)
{
    const QJsonValue value = take(name);
    if (value.isUndefined())
        return std::nullopt;
    const auto number = wholeNumber(value);
    if (number && *number >= range.least && *number <= range.most)
        return number;
    refuse(name, QStringLiteral("a whole number from %1 to %2").arg(range.least).arg(range.most));
    return std::nullopt;
}

std::optional<double> JsonMembers::number(const QString& name, double least, double most)
{
    const QJsonValue value = take(name);
    if (value.isUndefined())
        return std::nullopt;
    const double number = value.toDouble(std::nan(""));
    if (number >= least && number <= most)
        return number;
    refuse(name,
           QStringLiteral("a number from %1 to %2").arg(least, 0, 'g', 10).arg(most, 0, 'g', 10));
    return std::nullopt;
}

std::optional<QString> JsonMembers::text(const QString& name, qsizetype maxCharacters)
{
    const QJsonValue value = take(name);
    if (value.isUndefined())
        return std::nullopt;
    const QString text = value.toString();
    if (value.isString() && isIdText(text, maxCharacters))
        return text;
    refuse(name, QStringLiteral("a text of 1 to %1 characters, none of them a control character")
                     .arg(maxCharacters));
    return std::nullopt;
}

std::optional<bool> JsonMembers::flag(const QString& name)
{
    const QJsonValue value = take(name);
    if (value.isBool())
        return value.toBool();
    if (!value.isUndefined())
        refuse(name, QStringLiteral("true or false"));
    return std::nullopt;
}

std::optional<Credits> JsonMembers::credits(const QString& name, Range range)
{
    const auto number = integer(name, range);
    return number ? std::optional(Credits::of(*number)) : std::nullopt;
}

std::optional<QJsonObject> JsonMembers::object(const QString& name)
{
    const QJsonValue value = take(name);
    if (value.isObject())
        return value.toObject();
    if (!value.isUndefined())
        refuse(name, QStringLiteral("an object"));
    return std::nullopt;
}

std::optional<QJsonArray> JsonMembers::array(const QString& name, qsizetype maxElements)
{
    const QJsonValue value = take(name);
    if (value.isArray() && value.toArray().size() <= maxElements)
        return value.toArray();
    if (!value.isUndefined())
        refuse(name, QStringLiteral("a list of at most %1").arg(maxElements));
    return std::nullopt;
}

void JsonMembers::finish()
{
    for (auto member = m_object.begin(); member != m_object.end(); ++member) {
        if (m_known.contains(member.key()))
            continue;
        QStringList known(m_known.begin(), m_known.end());
        known.sort();
        refuse(member.key(),
               QStringLiteral("one of the members ") + known.join(QStringLiteral(", ")));
    }
}

QString elementPath(const JsonMembers& members, const QString& name, qsizetype index)
{
    return QStringLiteral("%1[%2]").arg(members.pathOf(name)).arg(index);
}

QStringList textList(JsonMembers& members, const QString& name, qsizetype most, FirstError& error)
{
    QStringList texts;
    const QJsonArray list = members.array(name, most).value_or(QJsonArray());
    for (qsizetype index = 0; index < list.size() && !error; ++index) {
        const QString text = list.at(index).toString();
        if (!isIdText(text, maxSentenceCharacters))
            error = ScenarioError{elementPath(members, name, index), QStringLiteral("a text"),
                                  jsonExcerpt(list.at(index))};
        texts.append(text);
    }
    return texts;
}

} // namespace tallystick
