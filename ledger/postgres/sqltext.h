// SPDX-License-Identifier: GPL-3.0-or-later
//! The SQL of the program, read from its .sql files.
#pragma once
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace tallystick::postgres {

/// The one statement of resources/sql/{name}.sql without comments, ready to be prepared.
/// A missing file is a defect (assert).
[[nodiscard]] QString sqlText(const QString& name);

/// A file of resources/sql/schema, in the order they are applied.
struct Migration
{
    int number = 0;
    QString name;
    QString sql;
    QString sha256; ///< of the file as it is, hex
};
[[nodiscard]] QList<Migration> migrations();

/// \a elements as a PostgreSQL array literal (manual, "Arrays", input syntax).
[[nodiscard]] QString arrayLiteral(const QStringList& elements);

} // namespace tallystick::postgres
