// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads .sql files from the program's resources.
#include "ledger/postgres/sqltext.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>

#include <algorithm>

namespace tallystick::postgres {

namespace {

const QString root = QStringLiteral(":/tallystick/sql/");

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(isOpen, "sqlText", qPrintable(path));
    return isOpen ? file.readAll() : QByteArray();
}

} // namespace

QString sqlText(const QString& name)
{
    QStringList lines;
    const QString text = QString::fromUtf8(contentOf(root + name + QStringLiteral(".sql")));
    // Comments stand on lines of their own: an apostrophe in one would confuse the driver.
    for (const QString& line : text.split(QLatin1Char('\n')))
        if (!line.startsWith(QLatin1String("--")))
            lines.append(line);
    return lines.join(QLatin1Char('\n')).trimmed();
}

QList<Migration> migrations()
{
    QList<Migration> found;
    const QDir folder(root + QStringLiteral("schema"));
    for (const QString& file :
         folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        const QByteArray content = contentOf(folder.filePath(file));
        const auto hash = QCryptographicHash::hash(content, QCryptographicHash::Sha256);
        found.append({.number = file.left(3).toInt(),
                      .name = file.chopped(4),
                      .sql = QString::fromUtf8(content),
                      .sha256 = QString::fromLatin1(hash.toHex())});
    }
    return found;
}

QString arrayLiteral(const QStringList& elements)
{
    QStringList quoted;
    quoted.reserve(elements.size());
    for (QString element : elements) {
        element.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
        element.replace(QLatin1Char('"'), QLatin1String("\\\""));
        quoted.append(QLatin1Char('"') + element + QLatin1Char('"'));
    }
    return QLatin1Char('{') + quoted.join(QLatin1Char(',')) + QLatin1Char('}');
}

} // namespace tallystick::postgres
