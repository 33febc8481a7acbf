//! What went wrong with a query, in the language of the page.

use crate::web::error::WebError;
use crate::web::html::Language;
use crate::web::workers::PoolError;

/// What the page says of an error. What the parser says of a query is in English.
pub(super) fn said(error: &WebError, language: Language) -> String {
    let WebError::Query(problem) = error else {
        return error.to_string();
    };
    let french = match problem {
        PoolError::Refused(why) => format!("La requête est refusée : {why}"),
        PoolError::TooLarge(why) => format!("La réponse est trop grande : {why}"),
        PoolError::Timeout(most) => {
            format!(
                "La requête a été arrêtée au bout de {} s, sa limite de temps.",
                most.as_secs()
            )
        }
        PoolError::Memory(most) => {
            format!("La requête a été arrêtée : il lui fallait plus de {most} octets de mémoire.")
        }
        PoolError::Killed => "La requête a été arrêtée par l'exploitant du service.".to_owned(),
        PoolError::Busy { .. } => {
            "Trop de requêtes sont en cours : réessayez plus tard.".to_owned()
        }
        PoolError::Crowded { .. } => {
            "Trop de vos requêtes attendent : réessayez quand elles auront leur réponse.".to_owned()
        }
        PoolError::Quota { retry_after } => format!(
            "Vous avez épuisé votre temps de requête : réessayez dans {} s.",
            retry_after.as_secs()
        ),
        PoolError::Crashed => "La requête a fait échouer le processus qui y répondait.".to_owned(),
    };
    match language {
        Language::Fr => french,
        Language::En => problem.to_string(),
    }
}
