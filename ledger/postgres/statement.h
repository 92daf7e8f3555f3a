// SPDX-License-Identifier: GPL-3.0-or-later
//! A prepared statement of a session and the rows of its last run.
#pragma once
#include <QtCore/QVariant>
#include <QtSql/QSqlQuery>

#include <utility>
#include <vector>

namespace tallystick::postgres {

/// Columns are named by string literals. The driver looks a name up in a record it builds anew each
/// time; here each name is looked up once a statement.
class Statement final
{
public:
    explicit Statement(QSqlQuery query)
        : m_query(std::move(query))
    {
    }
    bool next() { return m_query.next(); }
    void finish() { m_query.finish(); }
    /// Of the current row. A column the statement does not answer is a defect (assert).
    [[nodiscard]] QVariant value(const char* column) const;
    [[nodiscard]] bool flag(const char* column) const { return value(column).toBool(); }
    [[nodiscard]] QSqlQuery& query() { return m_query; }

private:
    QSqlQuery m_query;
    mutable std::vector<std::pair<const char*, int>> m_columns;
};

} // namespace tallystick::postgres
