// SPDX-License-Identifier: GPL-3.0-or-later
//! The customers' list with its search box: asks page by page as it is scrolled.
#pragma once
#include "ledger/async/desk.h"
#include "ui/shared/question.h"
#include "ui/users/customersmodel.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLineEdit;

namespace tallystick {

class HairlineTable;
class Label;
class StateView;

class CustomersPanel final : public QWidget
{
    Q_OBJECT
public:
    /// \a desk outlives the panel.
    explicit CustomersPanel(Desk& desk, QWidget* parent = nullptr);
    ~CustomersPanel() override;
    void focusSearch();
    void search(const QString& text);
    void reload();
    /// What a customer's page has just learnt.
    void refresh(const User& user) { m_model->refresh(user); }
    [[nodiscard]] QLineEdit* searchBox() const { return m_search; }
    [[nodiscard]] HairlineTable* table() const { return m_table; }
    [[nodiscard]] StateView* states() const { return m_states; }

signals:
    void customerChosen(const tallystick::User& user);
    void firstPageShown();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeTop();
    void ask();
    void askNextPage();
    void showFirst(const CustomersModel::UserPage& page, const QString& text);
    void showFailure(const Error& error);
    /// The rows are what the box asks for now.
    [[nodiscard]] bool answersTheText() const;
    void chooseFirst();
    void choose(const QModelIndex& index);
    void tellCount();

    Desk& m_desk;
    CustomersModel* m_model;
    QLineEdit* m_search;
    HairlineTable* m_table;
    StateView* m_states;
    Label* m_count;
    QTimer m_typing;
    std::optional<QString> m_answered; ///< the text that the rows answer
    bool m_chooseFirst = false;        ///< Enter was pressed before the answer came
    Question<CustomersModel::UserPage> m_first;
    Question<CustomersModel::UserPage> m_more;
};

} // namespace tallystick
