// SPDX-License-Identifier: GPL-3.0-or-later
//! The runs of a suite or of the controls, each with how it ended.
#pragma once
#include "ui/stress/runsession.h"

#include <QtCore/QAbstractTableModel>

namespace tallystick {

class BatchModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, RunWay, Ended, Lasted, ColumnCount };
    explicit BatchModel(QObject* parent = nullptr);
    void setJobs(const QList<RunJob>& jobs);
    void setStarted(int row);
    void setResult(int row, const Result<Report>& result);
    /// Null until the row has ended with a report.
    [[nodiscard]] const Report* report(int row) const;
    [[nodiscard]] int ended() const;
    [[nodiscard]] int asExpected() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Row
    {
        RunJob job;
        std::optional<Result<Report>> result;
        bool isStarted = false;
    };
    [[nodiscard]] QString outcomeOf(const Row& row) const;
    QList<Row> m_rows;
};

} // namespace tallystick
