// SPDX-License-Identifier: GPL-3.0-or-later
//! A customer's statement: filter row and table, asked for page by page.
#pragma once
#include "ledger/async/desk.h"
#include "ui/history/statementmodel.h"
#include "ui/shared/question.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;

namespace tallystick {

class HairlineTable;
class Label;
class StateView;

class StatementPanel final : public QWidget
{
    Q_OBJECT
public:
    /// \a desk outlives the panel.
    StatementPanel(Desk& desk, const UserId& user, QWidget* parent = nullptr);
    ~StatementPanel() override;
    void reload();
    void setFindings(const QList<Finding>& findings) { m_model->setFindings(findings); }
    /// Reads again after a posting and selects the row it wrote.
    void showNewRow(const TransactionKey& key);
    /// Selects the row when it is shown; else answers false.
    bool showRow(const TransactionKey& key);
    [[nodiscard]] HairlineTable* table() const { return m_table; }
    [[nodiscard]] StatementModel* model() const { return m_model; }
    [[nodiscard]] StateView* states() const { return m_states; }

signals:
    void rowSelected(const tallystick::Transaction& row);
    void firstPageShown();
    void firstPageAnswered(); ///< shown, or failed and said so

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeFilters();
    void makeTable();
    void tellDates(bool evenHalf);
    /// What the filter row asks for; nothing when a date cannot be read.
    [[nodiscard]] std::optional<HistoryQuery> query() const;
    void ask();
    void askNextPage();
    void showFirst(const StatementModel::HistoryPage& page);
    void tellCount();
    [[nodiscard]] bool isFiltered() const;
    void clearFilters();

    Desk& m_desk;
    UserId m_user;
    TransactionKey m_newRow; ///< written, and not read yet
    StatementModel* m_model;
    HairlineTable* m_table;
    StateView* m_states;
    QComboBox* m_type;
    QLineEdit* m_from;
    QLineEdit* m_until;
    Label* m_count;
    Label* m_dateProblem;
    Question<StatementModel::HistoryPage> m_first;
    Question<StatementModel::HistoryPage> m_more;
};

} // namespace tallystick
