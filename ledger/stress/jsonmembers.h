// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads the members of one JSON object strictly: the first wrong one stops everything.
#pragma once
#include "ledger/core/credits.h"
#include "ledger/stress/scenario.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>

#include <optional>

namespace tallystick {

/// What stopped the reading of a document: only its first error is kept.
using FirstError = std::optional<ScenarioError>;

/// Every read marks its member as known; finish() complains of the others. All readers of a
/// document share one FirstError. A missing or wrong member reads as nothing.
class JsonMembers final
{
public:
    JsonMembers(const QJsonObject& object, const QString& path, FirstError& error);

    [[nodiscard]] bool has(const QString& name) const { return m_object.contains(name); }
    [[nodiscard]] bool isObject(const QString& name) const
    {
        return m_object.value(name).isObject();
    }
    [[nodiscard]] QString pathOf(const QString& name) const;
    /// Complains of the member \a name.
    void refuse(const QString& name, const QString& expected);
    /// Complains when the member is missing.
    void require(const QString& name, const QString& expected);

    struct Range
    {
        qint64 least;
        qint64 most;
    };
    [[nodiscard]] std::optional<qint64> integer(const QString& name, Range range);
    [[nodiscard]] std::optional<double> number(const QString& name, double least, double most);
    [[nodiscard]] std::optional<QString> text(const QString& name, qsizetype maxCharacters);
    [[nodiscard]] std::optional<bool> flag(const QString& name);
    [[nodiscard]] std::optional<Credits> credits(const QString& name, Range range);
    [[nodiscard]] std::optional<QJsonObject> object(const QString& name);
    [[nodiscard]] std::optional<QJsonArray> array(const QString& name, qsizetype maxElements);
    /// Unknown members are errors.
    void finish();

private:
    [[nodiscard]] QJsonValue take(const QString& name);

    QJsonObject m_object;
    QString m_path;
    QSet<QString> m_known;
    FirstError& m_error;
};

/// The longest names and sentences of a scenario, in characters.
inline constexpr qsizetype maxNameCharacters = 80;
inline constexpr qsizetype maxSentenceCharacters = 1'000;
/// The most operations of a run: its history takes about a gigabyte of disk then.
inline constexpr qint64 maxOperations = 10'000'000;

/// \a value as it stands in the file, shortened.
[[nodiscard]] QString jsonExcerpt(const QJsonValue& value);

[[nodiscard]] QString elementPath(const JsonMembers& members, const QString& name, qsizetype index);

/// Hands every element of the list \a name to \a read as an object's members.
template <class Read>
void eachObject(JsonMembers& members, const QString& name, qsizetype most, FirstError& error,
                Read read)
{
    const QJsonArray list = members.array(name, most).value_or(QJsonArray());
    for (qsizetype index = 0; index < list.size() && !error; ++index) {
        const QString path = elementPath(members, name, index);
        if (!list.at(index).isObject()) {
            error = ScenarioError{path, QStringLiteral("an object"), jsonExcerpt(list.at(index))};
            return;
        }
        JsonMembers element(list.at(index).toObject(), path, error);
        read(element);
        element.finish();
    }
}

/// The texts of the list \a name.
[[nodiscard]] QStringList textList(JsonMembers& members, const QString& name, qsizetype most,
                                   FirstError& error);

/// The named value of an enumeration, or a complaint that lists the names.
template <class Named>
auto oneOf(JsonMembers& members, const QString& name, const QStringList& names, Named named)
    -> decltype(named(QString()))
{
    const auto text = members.text(name, maxNameCharacters);
    if (!text)
        return std::nullopt;
    auto value = named(*text);
    if (!value)
        members.refuse(name, QStringLiteral("one of ") + names.join(QStringLiteral(", ")));
    return value;
}

} // namespace tallystick
