// SPDX-License-Identifier: GPL-3.0-or-later
//! Scenarios as rows of a list, found by any word of their title, name or description.
#pragma once
#include "ledger/stress/scenario.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QSortFilterProxyModel>

namespace tallystick {

class ScenarioModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { NameRole = Qt::UserRole + 1, DescriptionRole };
    explicit ScenarioModel(QObject* parent = nullptr);
    void setScenarios(const QList<Scenario>& scenarios);
    /// Puts one more in front, in place of one with the same name.
    void add(const Scenario& scenario);
    [[nodiscard]] const QList<Scenario>& scenarios() const { return m_scenarios; }
    [[nodiscard]] const Scenario* at(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<Scenario> m_scenarios;
};

class ScenarioFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit ScenarioFilter(QObject* parent = nullptr);
    /// Every word must occur somewhere.
    void setWords(const QString& words);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QStringList m_words;
};

} // namespace tallystick
