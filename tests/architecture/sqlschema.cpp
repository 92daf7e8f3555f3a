// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads tables and unique keys out of data definitions.
#include "tests/architecture/sqlschema.h"

#include <QtCore/QRegularExpression>

namespace tallystick {

using namespace Qt::StringLiterals;

namespace {

constexpr auto anyCase =
    QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption;

QString withoutSqlComments(QString sql)
{
    static const QRegularExpression comment(u"--[^\\n]*|/\\*.*?\\*/"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    return sql.remove(comment);
}

QString bareName(const QString& name)
{
    QString bare = name.section(u'.', -1);
    return bare.remove(u'"').trimmed();
}

/// The text between the parenthesis at \a open and the one that closes it.
QString parenthesised(const QString& sql, qsizetype open)
{
    int depth = 0;
    for (qsizetype i = open; i < sql.size(); ++i) {
        if (sql[i] == u'(')
            ++depth;
        else if (sql[i] == u')' && --depth == 0)
            return sql.sliced(open + 1, i - open - 1);
    }
    return {};
}

/// Splits at commas that are in no parenthesis.
QStringList items(const QString& list)
{
    QStringList found{QString()};
    int depth = 0;
    for (const QChar c : list) {
        depth += c == u'(' ? 1 : c == u')' ? -1 : 0;
        if (c == u',' && depth == 0)
            found.append(QString());
        else
            found.last().append(c);
    }
    return found;
}

QStringList columnNames(const QString& list)
{
    QStringList names;
    for (const QString& item : items(list))
        names.append(bareName(item.trimmed().section(QRegularExpression(u"\\s"_s), 0, 0)));
    return names;
}

const QRegularExpression& createTable()
{
    static const QRegularExpression pattern(
        u"\\bcreate\\s+(?:unlogged\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?([\\w\".]+)\\s*\\("_s,
        anyCase);
    return pattern;
}

QList<UniqueKey> keysOfTable(const QString& table, const QString& body)
{
    static const QRegularExpression ofTable(
        u"^(?:constraint\\s+\\S+\\s+)?(?:primary\\s+key|unique(?:\\s+nulls\\s+not\\s+distinct)?)"
        "\\s*\\((.*?)\\)"_s,
        anyCase);
    static const QRegularExpression ofColumn(u"\\b(primary\\s+key|unique)\\b"_s, anyCase);
    QList<UniqueKey> keys;
    for (const QString& item : items(body)) {
        const QString text = item.trimmed();
        const auto match = ofTable.match(text);
        if (match.hasMatch())
            keys.append({.table = table, .columns = columnNames(match.captured(1))});
        else if (ofColumn.match(text).hasMatch())
            keys.append({.table = table, .columns = columnNames(text)});
    }
    return keys;
}

} // namespace

QStringList tablesOf(const QString& sql)
{
    QStringList tables;
    const QString text = withoutSqlComments(sql);
    for (auto match = createTable().globalMatch(text); match.hasNext();)
        tables.append(bareName(match.next().captured(1)));
    return tables;
}

QList<UniqueKey> uniqueKeysOf(const QString& sql)
{
    static const QRegularExpression index(
        u"\\bcreate\\s+unique\\s+index\\s+[^;]*?\\bon\\s+(?:only\\s+)?([\\w\".]+)\\s*"
        "(?:using\\s+\\w+\\s*)?\\("_s,
        anyCase);
    static const QRegularExpression alter(
        u"\\balter\\s+table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?([\\w\".]+)\\s+add\\s+"
        "(?:constraint\\s+\\S+\\s+)?(?:primary\\s+key|unique)\\s*\\("_s,
        anyCase);
    const QString text = withoutSqlComments(sql);
    QList<UniqueKey> keys;
    for (auto match = createTable().globalMatch(text); match.hasNext();) {
        const auto table = match.next();
        keys +=
            keysOfTable(bareName(table.captured(1)), parenthesised(text, table.capturedEnd() - 1));
    }
    for (const QRegularExpression* const pattern : {&index, &alter}) {
        for (auto match = pattern->globalMatch(text); match.hasNext();) {
            const auto found = match.next();
            keys.append({.table = bareName(found.captured(1)),
                         .columns = columnNames(parenthesised(text, found.capturedEnd() - 1))});
        }
    }
    return keys;
}

} // namespace tallystick
